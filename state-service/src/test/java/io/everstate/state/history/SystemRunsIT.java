package io.everstate.state.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestDatabase;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SF6")
class SystemRunsIT {
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration OVER = Duration.ZERO;

    private final TestDatabase database = TestDatabase.withTables();
    private final SystemRuns runs = new SystemRuns(database.transactions());

    private long restarts() {
        return database.transactions().read(SystemRuns::present).orElseThrow().restarts();
    }

    @Test
    void beginWithEachStartOfTheOnlyReplica() {
        runs.enter("one", LEASE);
        assertThat(restarts()).isZero();

        runs.enter("one", LEASE); // killed, and started at once
        assertThat(restarts()).isEqualTo(1);

        runs.leave("one");
        runs.enter("one", LEASE);
        assertThat(restarts()).isEqualTo(2);
    }

    @Test
    void goOnWhileAnotherReplicaLives() {
        var run = runs.enter("one", LEASE);

        assertThat(runs.enter("two", LEASE)).isEqualTo(run);
        assertThat(runs.enter("one", LEASE)).isEqualTo(run);
        runs.leave("two");
        assertThat(runs.enter("two", LEASE)).isEqualTo(run);

        assertThat(restarts()).isZero();
    }

    @Test
    void endWithTheLastReplica() {
        runs.enter("one", LEASE);
        runs.enter("two", LEASE);
        runs.leave("one");
        runs.leave("two");

        runs.enter("two", LEASE);

        assertThat(restarts()).isEqualTo(1);
    }

    @Test
    void endWithAReplicaThatShowsNothingAnyMore() {
        runs.enter("one", LEASE);

        runs.enter("two", OVER);

        assertThat(restarts()).isEqualTo(1);
    }

    @Test
    void beginOnceWhenAllReplicasStartTogether() {
        try (var replicas = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 8).forEach(n -> replicas.execute(() -> runs.enter("replica " + n, LEASE)));
        }

        assertThat(restarts()).isZero();
    }
}
