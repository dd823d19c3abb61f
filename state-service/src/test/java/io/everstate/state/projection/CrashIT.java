package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Backlog;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real processes that die or freeze in the middle of their work. */
class CrashIT {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestLog log = TestLog.fresh(PARTITIONS);
    private final TestDatabase database = TestDatabase.empty();

    private ServiceProcess.Builder service(String instance) {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.projection.instance-id", instance)
                // many small transactions, so that the kill hits in the middle of something
                .set("everstate.projection.max-records", 50);
    }

    private static void exactlyAs(Backlog backlog, StateApi api) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
        var bots = api.bots();
        assertThat(bots)
                .containsExactlyInAnyOrderElementsOf(backlog.log().foldedBots().values());
        backlog.trades().forEach((bot, trades) -> assertThat(api.trades(bot)).isEqualTo(trades));
    }

    private long folded() {
        return database.transactions().read(connection -> {
            try (var statement =
                            connection.prepareStatement("select coalesce(sum(next_offset), 0) from partition_offsets");
                    var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Test
    @Tag("SF5")
    @Tag("SF6")
    @Tag("SF11")
    void killedAgainAndAgainInABacklogItHasEveryTradeOnce() {
        try (var process = service("one").start()) {
            var backlog = Backlog.write(log, 1, 5, 1000);
            for (int kill = 1; kill <= 4; kill++) {
                var next = kill * backlog.size() / 6;
                await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> folded() >= next);
                process.kill();
                assertThat(folded()).isLessThan(backlog.size());
                process.restart();
            }

            exactlyAs(backlog, new StateApi(process));
        }
    }

    @Test
    @Tag("SF11")
    void aReplicaThatWasFrozenCannotCommitWhatAnotherOneFolded() {
        try (var frozen = service("one").start();
                var other = service("two").start()) {
            var backlog = Backlog.write(log, 2, 5, 500);
            await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> folded() >= backlog.size() / 10);
            frozen.suspend();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(new StateApi(other).systemState().lag()).isZero());

            frozen.resume();
            var more = Backlog.write(log, 3, 1, 100);

            exactlyAs(backlog, new StateApi(other));
            exactlyAs(more, new StateApi(frozen));
        }
    }
}
