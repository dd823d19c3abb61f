package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs to take many bots of one partition back to what is only in its segments. */
@Tag("EC10")
class SegmentFleetIT {
    private static final int BOTS = 8;
    private static final int TRADES = 6;
    private static final int EACH = 10;

    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final List<BotId> bots = new ArrayList<>();
    private final SegmentStand segments = new SegmentStand();
    private final ServiceProcess process = scene.service(
            Map.of("everstate.peers.backup-service", segments.url().toString()));
    private final StateApi api = new StateApi(process);
    private SnapshotView snapshot;

    /** All of it is archived; the log holds only the last record. */
    @BeforeEach
    void threwItsBeginningAway() throws Exception {
        log.write(0, List.of(OWNER.claim()));
        for (int made = 0; made < BOTS; made++) {
            bots.add(log.newBot(0));
            log.write(0, scene.traded(bots.getLast(), TRADES));
            log.write(0, List.of(OWNER.record(bots.getLast(), TRADES + 3, new BotStopped(StopReason.COMMAND))));
        }
        scene.folded(api);
        snapshot = RestoreScene.snapshot(api);
        scene.damage(snapshot);
        for (var bot : bots) {
            log.write(
                    0,
                    List.of(
                            OWNER.record(bot, TRADES + 4, new BotStarted()),
                            OWNER.trade(bot, TRADES + 5),
                            OWNER.record(bot, TRADES + 6, new BotStopped(StopReason.COMMAND))));
        }
        scene.folded(api);
        segments.archive(log, EACH);
        var end = log.records(0).getLast().offset();
        try (var admin = TestLog.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(log.topic(), 0), RecordsToDelete.beforeOffset(end)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void close() {
        process.close();
        segments.close();
        scene.close();
    }

    private StateRestoreView dryRun(String wanted) {
        return RestoreScene.ended(api, RestoreScene.begun(api, "{%s,\"dryRun\":true}".formatted(wanted)));
    }

    private void assertThatAllGoBackTo(long sequence, StateRestoreView restore) {
        assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
        assertThat(restore.rung()).isEqualTo(RestoreRung.SEGMENTS);
        assertThat(RestoreScene.bots(api, restore)).hasSize(BOTS).allSatisfy(part -> {
            assertThat(part.outcome()).isEqualTo(Outcome.FOUND);
            assertThat(requireNonNull(part.after())).returns(sequence, BotRestoreView.Place::sequence);
        });
    }

    /** Where those begin that hold what is in the log up to an offset. */
    private static List<Long> segmentsUpTo(long offset) {
        return LongStream.iterate(0, first -> first <= offset, first -> first + EACH)
                .boxed()
                .toList();
    }

    @Test
    void eachSegmentIsReadOnceForAllBots() {
        assertThatAllGoBackTo(5, dryRun("\"at\":\"2026-01-01T00:00:05Z\""));
        var toATime = segments.asked(log.topicId());

        assertThatAllGoBackTo(TRADES + 3, dryRun("\"snapshot\":\"%s\"".formatted(snapshot.id())));
        var all = segments.asked(log.topicId());

        assertThat(toATime).containsExactlyElementsOf(segmentsUpTo(96));
        assertThat(all.subList(toATime.size(), all.size()))
                .as("to a damaged snapshot")
                .containsExactlyElementsOf(segmentsUpTo(72));
        assertThat(segments.listed()).as("no older log is looked for").isZero();
    }
}
