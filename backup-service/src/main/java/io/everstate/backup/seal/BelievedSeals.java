package io.everstate.backup.seal;

import static java.util.Comparator.comparingLong;

import io.everstate.backup.seal.SealLook.Found;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which of the seals that the bucket has count, one a number, in the order of their numbers. */
final class BelievedSeals {
    private BelievedSeals() {}

    /**
     * What a trusted key signed, whatever is missing beside it: each says for itself what it says, and somebody may have removed any other. And what nobody signed
     * as far as one of those follows it, by its hash.
     */
    static List<StoredSeal> signed(Found found) {
        var followed = new HashSet<String>();
        found.signed().forEach(seal -> followed.add(String.valueOf(seal.seal().previous())));
        var believed = new TreeMap<Long, StoredSeal>();
        for (var seal : found.signed()) {
            believed.merge(
                    seal.seal().number(),
                    seal,
                    (one, other) ->
                            followed.contains(other.sha256()) && !followed.contains(one.sha256()) ? other : one);
        }
        var bySum = bySum(found.unsigned());
        for (var seal : List.copyOf(believed.values())) {
            var before = before(seal, bySum);
            while (before != null && believed.putIfAbsent(before.seal().number(), before) == null) {
                before = before(before, bySum);
            }
        }
        return List.copyOf(believed.values());
    }

    /** Where no signature counts, the longest run from the first number on, each of which follows the one before. */
    static List<StoredSeal> chained(String workspace, Found found) {
        var bySum = bySum(found.unsigned());
        return found.unsigned().stream()
                .sorted(comparingLong((StoredSeal tip) -> tip.seal().number()).reversed())
                .map(tip -> path(workspace, tip, bySum))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(List.of());
    }

    private static Optional<List<StoredSeal>> path(String workspace, StoredSeal tip, Map<String, StoredSeal> bySum) {
        var path = new ArrayDeque<StoredSeal>();
        for (@Nullable StoredSeal seal = tip; seal != null; seal = before(seal, bySum)) {
            path.addFirst(seal);
        }
        return path.getFirst().seal().follows(workspace, 0, null) ? Optional.of(List.copyOf(path)) : Optional.empty();
    }

    private static Map<String, StoredSeal> bySum(List<StoredSeal> seals) {
        var bySum = new HashMap<String, StoredSeal>();
        seals.forEach(seal -> bySum.put(seal.sha256(), seal));
        return bySum;
    }

    private static @Nullable StoredSeal before(StoredSeal seal, Map<String, StoredSeal> bySum) {
        var before = bySum.get(String.valueOf(seal.seal().previous()));
        return before != null && before.seal().number() == seal.seal().number() - 1 ? before : null;
    }
}
