package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Backlog;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real processes that die or freeze in the middle of their work. */
class CrashIT {
    private static final int PARTITIONS = 4;
    private static final int BOTS = 5;
    private static final int TRADES = 250;
    private static final int PART = PARTITIONS * BOTS * TRADES;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestLog log = TestLog.fresh(PARTITIONS);
    private final TestDatabase database = TestDatabase.empty();

    private ServiceProcess.Builder service(String instance) {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.projection.instance-id", instance)
                // many small transactions, so that the kill hits in the middle of something
                .set("everstate.projection.max-records", 100);
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
            var written = new ArrayList<Backlog>();
            for (int kill = 1; kill <= 3; kill++) {
                long seed = kill;
                var before = folded();
                var writing = CompletableFuture.supplyAsync(() -> Backlog.write(log, seed, BOTS, TRADES));
                await().pollInterval(POLL).atMost(PATIENCE).until(() -> folded() >= before + PART / 4);
                process.kill();
                assertThat(folded()).as("killed in the middle").isLessThan(before + PART);
                process.restart();
                written.add(writing.join());
            }
            written.add(Backlog.write(log, 4, BOTS, TRADES));

            written.forEach(backlog -> exactlyAs(backlog, new StateApi(process)));
        }
    }

    @Test
    void aReplicaThatWasFrozenCannotCommitWhatAnotherOneFolded() {
        try (var frozen = service("one").start();
                var other = service("two").start()) {
            var writing = CompletableFuture.supplyAsync(() -> Backlog.write(log, 2, BOTS, TRADES));
            await().pollInterval(POLL).atMost(PATIENCE).until(() -> folded() >= PART / 4);
            frozen.suspend();
            var backlog = writing.join();
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
