package io.everstate.backup.rebuild;

import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.contracts.backup.BackupKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * In which order what was found is read back: first the newest FULL of each workspace, so that each has a way back soon, then the newest; each one behind
 * what it is built upon.
 */
final class ReadOrder {
    private static final Comparator<Found> NEWEST_FIRST = Comparator.comparing(
                    (Found found) -> found.head().requestedAt())
            .thenComparing(found -> found.head().id())
            .reversed();

    private ReadOrder() {}

    static List<Found> of(List<Found> unread) {
        var byId = new LinkedHashMap<UUID, Found>();
        unread.stream()
                .sorted(NEWEST_FIRST)
                .forEach(found -> byId.put(found.head().id(), found));
        var ordered = new LinkedHashMap<UUID, Found>();
        var workspaces = new HashSet<String>();
        for (var found : byId.values()) {
            var head = found.head();
            if (head.kind() == BackupKind.FULL && !head.safety() && workspaces.add(head.workspace())) {
                ordered.put(head.id(), found);
            }
        }
        byId.values().forEach(found -> addBehindItsBase(found, byId, ordered));
        return new ArrayList<>(ordered.values());
    }

    private static void addBehindItsBase(Found found, Map<UUID, Found> byId, Map<UUID, Found> ordered) {
        var needed = new ArrayList<Found>();
        for (var next = found; next != null && !ordered.containsKey(next.head().id()); ) {
            needed.addFirst(next);
            var base = next.head().link().base();
            next = base == null ? null : byId.get(base);
        }
        needed.forEach(one -> ordered.put(one.head().id(), one));
    }
}
