package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.EventLog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The thread that archives, on real Kafka and PostgreSQL. */
class SegmentJobIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EventLog log = new EventLog();
    private final AtomicBoolean memoryEnded = new AtomicBoolean();
    private ArchiveParts parts;
    private SegmentJob job;
    private ArchiveHealth health;

    @BeforeEach
    void start() throws SQLException {
        parts = new ArchiveParts(log.name(), new Breaking());
        job = new SegmentJob(parts.configuration, parts.loop(), parts.metrics);
        health = new ArchiveHealth(job);
        job.start(new StartupEvent());
        await().atMost(PATIENCE).until(() -> leases() > EventLog.PARTITIONS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        job.stop(new ShutdownEvent());
        parts.close();
        log.close();
    }

    /** Of partitions, and the one that says that this replica is there. */
    private int leases() throws SQLException {
        return parts.leases.held("segments");
    }

    private Status readiness() {
        return health.call().getStatus();
    }

    @Test
    void isReadyWhileItArchives() {
        assertThat(readiness()).isEqualTo(Status.UP);
    }

    @Test
    void givesItsPartitionsBackAndSaysSoWhenMemoryEndsInItsThread() {
        memoryEnded.set(true);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(leases()).isZero());
        assertThat(readiness()).isEqualTo(Status.DOWN);
    }

    /** It is asked in the thread that archives, at each look. */
    private final class Breaking extends Clock {
        @Override
        public Instant instant() {
            if (memoryEnded.get()) {
                throw new OutOfMemoryError("as a test says");
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
