package io.everstate.state.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The snapshots that nobody asks for. */
class SnapshotJobIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestLog log = TestLog.fresh(1);
    private final TestDatabase database = TestDatabase.empty();

    private ServiceProcess start(String interval) {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.snapshot.interval", interval)
                .start();
    }

    /** Number of bots in each snapshot that verified, the oldest first. */
    private List<Long> validSnapshots() {
        return database.transactions().read(connection -> {
            var bots = new ArrayList<Long>();
            try (var statement = connection.prepareStatement(
                            "select bots from system_state_snapshots where valid order by snapshot");
                    var rows = statement.executeQuery()) {
                while (rows.next()) {
                    bots.add(rows.getLong(1));
                }
            }
            return bots;
        });
    }

    @Test
    @Tag("EC1")
    void oneIsTakenAtEachInterval() {
        try (var process = start("1s")) {
            assertThat(process.isAlive()).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(validSnapshots()).hasSizeGreaterThanOrEqualTo(2));
        }
    }

    @Test
    @Tag("EC1")
    void aLastOneIsTakenWhenTheServiceStops() {
        var owner = new Owner(1);
        log.write(0, List.of(owner.claim(), owner.created(log.newBot(0))));
        try (var process = start("1h")) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.systemState().bots()).isEqualTo(1));
            assertThat(validSnapshots()).isEmpty();
        }

        assertThat(validSnapshots()).containsExactly(1L);
    }
}
