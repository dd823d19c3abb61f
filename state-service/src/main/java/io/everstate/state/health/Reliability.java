package io.everstate.state.health;

import io.everstate.state.health.look.Observation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What earlier looks of this replica found: how often a component failed to answer, and when it answered last. Not thread-safe. */
final class Reliability {
    /** RFC 6298. */
    private static final double WEIGHT = 1.0 / 8;
    /** Below that a share has no effect any more. */
    private static final double FORGOTTEN = 0.005;

    private final Map<String, Past> pasts = new HashMap<>();

    /**
     * @param failing smoothed share of looks that it did not answer
     * @param failures looks that it did not answer
     * @param answered when it answered last; null when it never did
     */
    record Past(double failing, long failures, @Nullable Instant answered) {
        private static final Past NONE = new Past(0, 0, null);

        private Past after(Observation observation, Instant at) {
            var failed = !observation.answers();
            var share = failing + WEIGHT * ((failed ? 1 : 0) - failing);
            var seen = observation.seen() == null && !failed ? at : observation.seen();
            return new Past(
                    failed || share >= FORGOTTEN ? share : 0,
                    failures + (failed ? 1 : 0),
                    seen == null ? answered : seen);
        }

        double reliability() {
            return 1 - failing;
        }
    }

    /** Takes a look in; components that it does not have are forgotten. */
    void learn(List<Observation> look, Instant at) {
        look.forEach(observation -> pasts.merge(
                observation.component().id(),
                Past.NONE.after(observation, at),
                (known, _) -> known.after(observation, at)));
        var present = look.stream().map(found -> found.component().id()).collect(Collectors.toSet());
        pasts.keySet().retainAll(present);
    }

    Past of(Observation observation) {
        return pasts.getOrDefault(observation.component().id(), Past.NONE);
    }
}
