package io.everstate.backup.restore.check;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.Collection;
import java.util.Objects;

/** Whether an archive unpacks to no more than is allowed. Reading it holds it to what its manifest says. */
final class Limits {
    /** A smaller one harms nobody, and a log of zeros may well be a thousandth of its size. */
    private static final long NEVER_A_BOMB = 64L << 20;

    private final RestoreConfiguration configuration;

    Limits(RestoreConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * @return what was seen
     *
     * @throws ProblemException CONFLICT naming the limit
     */
    String check(Manifest manifest, Collection<Entry> wanted) {
        var entries = manifest.entries().size();
        if (entries > configuration.maxEntries()) {
            throw refused("it holds %d entries".formatted(entries), "max-entries", configuration.maxEntries());
        }
        var bytes = bytes(wanted);
        var most = configuration.maxBytes().asLongValue();
        if (bytes > most) {
            throw refused("%d bytes would be restored".formatted(bytes), "max-bytes", most);
        }
        checkRatio(manifest);
        return "%d entries, of which %d with %d bytes are wanted".formatted(entries, wanted.size(), bytes);
    }

    private void checkRatio(Manifest manifest) {
        var stored = Math.max(1, Objects.requireNonNull(manifest.archive()).bytes());
        var unpacked = bytes(manifest.entries().stream()
                .filter(entry -> entry.heldBy() == null)
                .toList());
        if (unpacked > NEVER_A_BOMB && unpacked / stored >= configuration.maxRatio()) {
            throw refused(
                    "its %d bytes unpack to %d, %d times as many".formatted(stored, unpacked, unpacked / stored),
                    "max-ratio",
                    configuration.maxRatio());
        }
    }

    /** Sizes may be forged: their sum must not become small again by being too large. */
    static long bytes(Collection<Entry> entries) {
        var sum = 0L;
        for (var entry : entries) {
            if (entry.size() < 0 || sum + entry.size() < 0) {
                return Long.MAX_VALUE;
            }
            sum += entry.size();
        }
        return sum;
    }

    private static ProblemException refused(String what, String key, long limit) {
        return new ProblemException(
                ProblemType.CONFLICT, "%s; everstate.restore.%s allows %d".formatted(what, key, limit));
    }
}
