package io.everstate.backup.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the next backup of a whole workspace is to be asked for. One that failed is none, and only keeps the next try from following at once. */
final class FullDue {
    private FullDue() {}

    /**
     * When the very first one is due: at once, for until then only the bots' state is safe. In an empty workspace not before the interval
     * is over: one taken before the files are laid out would be the newest for a whole interval, and hold nothing.
     */
    static Instant first(ScheduleConfiguration configuration, Instant startedAt, boolean holdsFiles) {
        return holdsFiles ? startedAt : startedAt.plus(configuration.fullEvery());
    }

    /**
     * @param first when one is due while there is none that did not fail
     * @param promising when the newest that did not fail was asked for
     * @param newest when the newest at all was asked for
     */
    static Instant at(
            ScheduleConfiguration configuration, Instant first, Optional<Instant> promising, Optional<Instant> newest) {
        return at(configuration, configuration.fullEvery(), first, promising, newest);
    }

    /** The same of those of an interval of their own. */
    static Instant at(
            ScheduleConfiguration configuration,
            Duration every,
            Instant first,
            Optional<Instant> promising,
            Optional<Instant> newest) {
        var due = promising.map(at -> at.plus(every)).orElse(first);
        var retry = newest.filter(at -> !promising.equals(newest))
                .map(at -> at.plus(configuration.retryAfter()))
                .orElse(due);
        return retry.isAfter(due) ? retry : due;
    }
}
