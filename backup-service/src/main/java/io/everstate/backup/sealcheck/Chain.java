package io.everstate.backup.sealcheck;

import io.everstate.backup.seal.KnownSeal;
import io.everstate.backup.seal.Seal.Act;
import io.everstate.backup.seal.Seal.SealedBackup;
import io.everstate.backup.seal.StoredSeal;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import io.everstate.contracts.backup.SealHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A workspace's chain as the catalogue has it at a moment. */
final class Chain {
    private final String workspace;
    private final List<KnownSeal> seals;
    private final Map<String, KnownSeal> byObject = new HashMap<>();
    private final Map<Long, StoredSeal> byNumber = new HashMap<>();

    /** @param seals in their order */
    Chain(String workspace, List<KnownSeal> seals) {
        this.workspace = workspace;
        this.seals = List.copyOf(seals);
        for (var known : seals) {
            byObject.put(known.stored().object(), known);
            byNumber.put(known.stored().seal().number(), known.stored());
        }
    }

    String workspace() {
        return workspace;
    }

    List<KnownSeal> seals() {
        return seals;
    }

    Optional<StoredSeal> inPlace(String object) {
        return Optional.ofNullable(byObject.get(object)).map(KnownSeal::stored);
    }

    Optional<StoredSeal> numbered(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    @Nullable
    SealHead head() {
        return seals.isEmpty() ? null : seals.getLast().stored().head();
    }

    /** What the chain says of backups, by their ids. */
    private Map<UUID, SealedBackup> backups(Act act) {
        var backups = new LinkedHashMap<UUID, SealedBackup>();
        for (var known : seals) {
            var seal = known.stored().seal();
            if (seal.act() == act) {
                backups.put(seal.backup().id(), seal.backup());
            }
        }
        return backups;
    }

    /** Backups whose objects have to be in the bucket. */
    List<SealedBackup> held() {
        var removed = removed();
        return backups(Act.STORED).values().stream()
                .filter(backup -> !removed.contains(backup.id()))
                .toList();
    }

    /** Backups whose objects may be missing. */
    Set<UUID> removed() {
        return backups(Act.REMOVED).keySet();
    }

    /** Seals of the catalogue that do not follow the one before: somebody changed the database. */
    List<Finding> brokenLinks() {
        var findings = new ArrayList<Finding>();
        var number = 0L;
        @Nullable String sha256 = null;
        for (var known : seals) {
            var stored = known.stored();
            if (!stored.seal().follows(workspace, number, sha256)) {
                findings.add(new Finding(
                        Kind.MISSING_LINK,
                        stored.object(),
                        stored.seal().backup().id(),
                        "a seal that follows number %d, sha256 %s".formatted(number, sha256),
                        "in the catalogue number %d, which follows sha256 %s"
                                .formatted(stored.seal().number(), stored.seal().previous())));
            }
            number = stored.seal().number();
            sha256 = stored.sha256();
        }
        return findings;
    }

    Set<String> sums() {
        return seals.stream().map(known -> known.stored().sha256()).collect(Collectors.toSet());
    }
}
