package io.everstate.backup.schedule;

import java.time.Instant;
import java.util.Optional;

/** When the next FULL backup is to be asked for. One that failed is none, and only keeps the next try from following at once. */
final class FullDue {
    private FullDue() {}

    /**
     * @param promising when the newest that did not fail was asked for
     * @param newest when the newest at all was asked for
     */
    static Instant at(
            ScheduleConfiguration configuration,
            Instant startedAt,
            Optional<Instant> promising,
            Optional<Instant> newest) {
        var due = promising.orElse(startedAt).plus(configuration.fullEvery());
        var retry = newest.filter(at -> !promising.equals(newest))
                .map(at -> at.plus(configuration.retryAfter()))
                .orElse(due);
        return retry.isAfter(due) ? retry : due;
    }
}
