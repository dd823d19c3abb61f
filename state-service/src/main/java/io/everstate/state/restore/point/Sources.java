package io.everstate.state.restore.point;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.archive.ArchiveReading;
import io.everstate.state.archive.ArchivedLogs;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.log.ReadingTooLongException;
import io.everstate.state.log.RecordMark;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where the bots of a pass are looked for. Each question has its own time, and who asks says so first. What the log itself does not show in that
 * time is not to be had, and the ladder is gone down; when it was silent until then the next questions do not wait for it. Not thread-safe.
 */
final class Sources {
    private final PartitionLog log;
    private final Supplier<ArchiveReading> archive;
    private final Duration patience;
    private final Consumer<Duration> mayTake;
    private boolean silent;

    /**
     * @param archive begins a question to it
     * @param patience with the log, for each question
     * @param mayTake is told how long each question may take
     */
    Sources(PartitionLog log, Supplier<ArchiveReading> archive, Duration patience, Consumer<Duration> mayTake) {
        this.log = log;
        this.archive = archive;
        this.patience = patience;
        this.mayTake = mayTake;
    }

    /** For one question about one bot. */
    ReadableLog log() {
        return asked(true);
    }

    /** For one question about several: where its time is not enough for all of them that says nothing of one alone, see {@link Together}. */
    ReadableLog logOfSeveral() {
        return asked(false);
    }

    private ReadableLog asked(boolean alone) {
        mayTake.accept(patience);
        return new Question(System.nanoTime() + (silent ? 0 : patience.toNanos()), alone);
    }

    /** For one question. */
    ArchiveReading archive() {
        mayTake.accept(ArchivedLogs.DEADLINE);
        return archive.get();
    }

    private final class Question implements ReadableLog {
        private final ReadableLog inTime;
        private final long end;
        private final boolean alone;

        Question(long end, boolean alone) {
            this.inTime = log.until(end);
            this.end = end;
            this.alone = alone;
        }

        @Override
        public void read(int partition, long from, long to, Reader reader) {
            asked(() -> {
                inTime.read(partition, from, to, reader);
                return true;
            });
        }

        /** A record that is not to be had is believed, as where the log begins behind it. */
        @Override
        public boolean holds(int partition, RecordMark mark) {
            try {
                return asked(() -> inTime.holds(partition, mark));
            } catch (LogBeginsLaterException _) {
                return true;
            }
        }

        /** Without an answer before its time is over it is tried again later, as anything is that nobody answers. */
        private boolean asked(Supplier<Boolean> question) {
            try {
                return question.get();
            } catch (ProblemException e) {
                var isTooMuch = e instanceof ReadingTooLongException;
                if (e.type() != ProblemType.UNAVAILABLE || System.nanoTime() < end || (isTooMuch && !alone)) {
                    throw e;
                }
                silent |= !isTooMuch;
                throw new LogBeginsLaterException(
                        "the log was asked for %d s: %s".formatted(patience.toSeconds(), e.detail()), e);
            }
        }
    }
}
