package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a bot was away for long, or should run and does not.
 *
 * @param since nobody looked at its markets since then, for {@link #LONG} at least; null once its positions were valued again
 * @param notReturned it should run and does not; null while all is well
 * @param lastReturn what its newest long pause did to its value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Absence(
        @Nullable Instant since,
        @Nullable NotReturned notReturned,
        @Nullable Return lastReturn) {

    /** From here on prices have moved too far to be passed over in silence. */
    public static final Duration LONG = Duration.ofHours(1);

    static final Absence NONE = new Absence(null, null, null);

    /** Why it does not run though it should, and when that was noticed. */
    public record NotReturned(String reason, Instant at) {
        public NotReturned {
            requireNonNull(reason, "reason");
            requireNonNull(at, "at");
        }
    }

    /** A pause from {@code since} to {@code at}; the values are of the whole bot. */
    public record Return(Instant since, Instant at, Amount valueBefore, Amount valueNow) {
        public Return {
            requireNonNull(since, "since");
            requireNonNull(at, "at");
            requireNonNull(valueBefore, "valueBefore");
            requireNonNull(valueNow, "valueNow");
        }
    }

    /** Away since the earlier of what is known already and {@code seen}, if that is long ago. */
    Absence notSeenSince(@Nullable Instant seen, Instant now) {
        var from = since == null ? seen : since;
        var isLong = from != null && Duration.between(from, now).compareTo(LONG) >= 0;
        return new Absence(isLong ? from : null, notReturned, lastReturn);
    }

    Absence missing(NotReturned why) {
        return new Absence(since, why, lastReturn);
    }

    /** It runs as it should, or need not any more. */
    Absence found() {
        return new Absence(since, null, lastReturn);
    }

    Absence returned(Return newest) {
        return new Absence(null, notReturned, newest);
    }

    /** Null instead of an absence of nothing, so that a bot that never was away is written as ever. */
    @Nullable
    Absence orNull() {
        return equals(NONE) ? null : this;
    }
}
