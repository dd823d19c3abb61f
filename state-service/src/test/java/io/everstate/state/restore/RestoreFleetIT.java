package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What it costs to take many bots back. */
class RestoreFleetIT {
    private static final int BOTS = 30;
    private static final int TRADES = 10;
    private static final String READ = "everstate_log_read_records_total";

    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void toATimeTheLogOfAPartitionIsReadOnceForAllItsBots() {
        log.write(0, List.of(OWNER.claim()));
        var bots = new ArrayList<BotId>();
        for (int made = 0; made < BOTS; made++) {
            bots.add(log.newBot(0));
            log.write(0, scene.traded(bots.getLast(), TRADES));
        }
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var before = api.metric(READ);

            var restore = RestoreScene.ended(
                    api, RestoreScene.begun(api, "{\"at\":\"2026-01-01T00:00:05Z\",\"dryRun\":true}"));

            var read = api.metric(READ) - before;
            System.out.printf(
                    "%d bots, %d records in the log: %.0f read%n",
                    BOTS, log.records(0).size(), read);
            assertThat(read).isLessThanOrEqualTo(log.records(0).size());
            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.rung()).isEqualTo(RestoreRung.LOG);
            assertThat(RestoreScene.bots(api, restore))
                    .hasSize(BOTS)
                    .allSatisfy(part -> assertThat(part.outcome()).isEqualTo(Outcome.FOUND))
                    .extracting(BotRestoreView::after)
                    .allSatisfy(
                            after -> assertThat(after).extracting("sequence").isEqualTo(5L));
        }
    }
}
