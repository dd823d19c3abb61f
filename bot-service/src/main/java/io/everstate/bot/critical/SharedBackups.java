package io.everstate.bot.critical;

import io.everstate.bot.critical.VerifiedBackups.Missing;
import io.everstate.bot.critical.VerifiedBackups.Outcome;
import io.everstate.bot.critical.VerifiedBackups.Taken;
import io.everstate.bot.critical.VerifiedBackups.Wish;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Backups before changes, of which one counts for many: of those who want one at once one asks, and its answer is that of all who waited when it did.
 *
 * <p>A backup that outlasts the deadline is not given up: whoever asks next asks for the same one, until it has ended. Else each change would begin a
 * backup that is never waited for to its end, and one that is required would be refused for ever.
 */
final class SharedBackups {
    /** How soon a change that was refused is made again. A backup that nobody has asked about for longer may have ended long ago. */
    private static final Duration RETRIED = Duration.ofMinutes(1);

    private final VerifiedBackups backups;
    private final CriticalConfiguration configuration;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicLong questions = new AtomicLong();
    private @Nullable Answer newest;
    private @Nullable Unfinished unfinished;

    SharedBackups(VerifiedBackups backups, CriticalConfiguration configuration, Clock clock) {
        this.backups = backups;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * What a question came to.
     *
     * @param question the how manyth; 0 of none
     * @param backup null when there is none
     * @param failure why not
     * @param until when it counts for further changes
     */
    record Answer(long question, @Nullable UUID backup, String failure, Instant until) {}

    /**
     * A wish that may still be fulfilled.
     *
     * @param since when it was asked for first
     * @param heard when it was not yet over
     */
    private record Unfinished(Wish wish, Instant since, Instant heard) {}

    /** Answers within the configured deadline and the time for the way, however many want one. */
    Answer before(String change) {
        var asked = questions.get();
        var end = System.nanoTime() + configuration.deadline().toNanos();
        if (!comesToTurn()) {
            return none("backup-service has not answered those before within %d ms"
                    .formatted(configuration.deadline().toMillis()));
        }
        try {
            var known = newest;
            if (known != null && (known.question() > asked || clock.instant().isBefore(known.until()))) {
                return known;
            }
            var answer = ask(questions.incrementAndGet(), change, end);
            newest = answer;
            return answer;
        } finally {
            turn.unlock();
        }
    }

    private boolean comesToTurn() {
        try {
            return turn.tryLock(configuration.deadline().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer none(String why) {
        return new Answer(0, null, why, clock.instant());
    }

    private Answer ask(long question, String change, long end) {
        var before = unfinished;
        if (before != null) {
            var outcome = backups.take(before.wish(), left(end));
            if (isFor(outcome, before)) {
                return answer(question, before.wish(), before.since(), outcome);
            }
        }
        var now = clock.instant();
        var wish = new Wish(UUID.randomUUID().toString(), "Backup before " + change);
        return answer(question, wish, now, backups.take(wish, left(end)));
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Not when it came to nothing, or may have ended long before this change was thought of. */
    private boolean isFor(Outcome outcome, Unfinished before) {
        return switch (outcome) {
            case Taken _ -> clock.instant().isBefore(before.heard().plus(longer(RETRIED, configuration.covers())));
            case Missing missing -> missing.mayGoOn();
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Answer answer(long question, Wish wish, Instant since, Outcome outcome) {
        var now = clock.instant();
        return switch (outcome) {
            case Taken taken -> {
                unfinished = null;
                yield new Answer(question, taken.backup(), "", since.plus(configuration.covers()));
            }
            case Missing missing -> {
                unfinished = missing.mayGoOn() ? new Unfinished(wish, since, now) : null;
                yield new Answer(question, null, missing.why(), now.plus(configuration.askAgain()));
            }
        };
    }
}
