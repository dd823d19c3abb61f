package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.testing.EventLog;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One round after the other, on real Kafka and PostgreSQL, with a single writer. */
class ArchiveLoopIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EventLog log = new EventLog();
    private final String id = log.id();
    private ArchiveParts parts;
    private ArchiveLoop loop;

    @BeforeEach
    void start() throws SQLException {
        parts = new ArchiveParts(log.name(), Clock.systemUTC(), Map.of("writers", "1"));
        loop = parts.loop();
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.end();
        parts.close();
        log.close();
    }

    /** What is away for a moment, as a topic that is being made, is asked again. */
    private void roundsUntil(ThrowingRunnable assertion) {
        await().atMost(PATIENCE)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .ignoreExceptionsInstanceOf(ProblemException.class)
                .untilAsserted(() -> {
                    loop.round();
                    assertion.run();
                });
    }

    private LogPartition partition(int number) {
        return new LogPartition(id, number);
    }

    private long archivedTo(int number) {
        return parts.rows.tip(partition(number)).map(SegmentRow::endOffset).orElse(0L);
    }

    /** A bucket that is found anew takes hours to be counted. */
    @Test
    void storesWhileTheArchiveOfAnotherPartitionIsBeingOpened() {
        var opened = new CountDownLatch(1);
        parts.store.beforeListing(prefix -> {
            if (prefix.endsWith("/1/")) {
                waitFor(opened);
            }
        });
        log.write(20);

        roundsUntil(() -> assertThat(archivedTo(0)).isEqualTo(20));
        assertThat(archivedTo(1)).as("still to be opened").isZero();
        opened.countDown();

        roundsUntil(() -> assertThat(archivedTo(1)).isEqualTo(20));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSegmentForWhichMemoryEndedIsTriedAgain() {
        var ended = new AtomicBoolean();
        parts.store.beforeBeginning(_ -> {
            if (ended.compareAndSet(false, true)) {
                throw new OutOfMemoryError("as a test says");
            }
        });
        log.write(20);

        roundsUntil(() -> {
            assertThat(archivedTo(0)).isEqualTo(20);
            assertThat(archivedTo(1)).isEqualTo(20);
        });

        assertThat(ended).isTrue();
    }

    private void archiveTwentyAndLetThirtyWait() {
        log.write(20);
        roundsUntil(() -> {
            assertThat(archivedTo(0)).isEqualTo(20);
            assertThat(archivedTo(1)).isEqualTo(20);
        });
        parts.store.beforeBeginning(_ -> {
            throw new ProblemException(ProblemType.UNAVAILABLE, "away, as a test says");
        });
        log.write(30);
        roundsUntil(() -> {
            assertThat(seenEnd(0)).isEqualTo(50);
            assertThat(seenEnd(1)).isEqualTo(50);
            assertThat(parts.rows.unsettled(partition(0), 20)).isPresent();
            assertThat(parts.rows.unsettled(partition(1), 20)).isPresent();
        });
    }

    private long seenEnd(int number) {
        var look = parts.looks.find(partition(number));
        return look == null ? 0 : look.bounds().end();
    }

    private void assertLost(int number, long end) {
        assertThat(parts.rows.lost(partition(number), 10)).containsExactly(SegmentRow.lost(partition(number), 20, end));
    }

    /** As after a database that was away for longer than they last. */
    @Test
    void whatAGoneTopicLostIsWrittenDownThoughItsLeasesRanOut() throws SQLException {
        archiveTwentyAndLetThirtyWait();
        log.makeAnew();

        parts.execute("update lease set expires_at = now() - interval '1 second' where name like 'segments:%'");

        roundsUntil(() -> {
            assertLost(0, 50);
            assertLost(1, 50);
        });
    }

    /** Else the rows say for ever that it is on its way. */
    @Test
    void whatWasOnItsWayWhenATopicWasMadeAnewAndNobodyRanIsLostAtTheNextStart() throws Exception {
        archiveTwentyAndLetThirtyWait();
        loop.end();
        var begun = parts.rows.unsettled(partition(0), 20).orElseThrow();
        log.makeAnew();

        loop = parts.loop();

        roundsUntil(() -> assertLost(0, begun.endOffset()));
        assertThat(parts.rows.unsettled(partition(0), 20)).isEmpty();
    }
}
