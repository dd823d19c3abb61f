package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.BotRestoreView.Place;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A log that came in the place of another one, whose records are archived, three a segment. In the older one are a claim and, one second behind
 * the other, the events 1 to 6 of three bots in turn; in the present one a checkpoint of each, and a bot that was made since.
 */
@Tag("EC10")
class OlderLogRungIT {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int EACH = 3;
    private static final long BEYOND = 20;
    private static final Owner NEXT = new Owner(2);

    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final List<BotId> bots = List.of(log.newBot(0), log.newBot(0), log.newBot(0));
    private final BotId younger = log.newBot(0);
    private final SegmentStand segments = new SegmentStand();
    private final ServiceProcess process = scene.service(Map.of(
            "everstate.peers.backup-service", segments.url().toString(), "everstate.past.clock-difference", "100ms"));
    private final StateApi api = new StateApi(process);
    private String older = "";
    private SnapshotView snapshot;

    @BeforeEach
    void cameInThePlaceOfAnother() {
        log.write(0, List.of(OWNER.claim()));
        each(OWNER::created);
        each(OWNER::started);
        each(bot -> OWNER.trade(bot, 3));
        scene.folded(api);
        snapshot = RestoreScene.snapshot(api);
        each(bot -> OWNER.trade(bot, 4));
        each(bot -> OWNER.trade(bot, 5));
        each(bot -> OWNER.record(bot, 6, new BotStopped(StopReason.COMMAND)));
        scene.folded(api);
        older = log.topicId();
        segments.archive(log, EACH);
        var known = log.foldedBots();
        log.makeAnew();
        log.write(0, List.of(NEXT.claim()));
        each(bot -> NEXT.record(bot, BEYOND, new CheckpointTaken("log anew", requireNonNull(known.get(bot)))));
        var born = NEXT.created(younger);
        log.write(0, List.of(at(BEYOND, born.bot(), 1, born.event())));
        bots.forEach(bot -> followed(bot, BEYOND));
        followed(younger, 1);
    }

    private void each(Function<BotId, BotEventRecorded> event) {
        log.write(0, bots.stream().map(event).toList());
    }

    private static BotEventRecorded at(long seconds, BotId bot, long sequence, BotEvent event) {
        var one = NEXT.record(bot, sequence, event);
        return new BotEventRecorded(
                one.id(), BEGIN.plusSeconds(seconds), one.source(), one.epoch(), bot, sequence, null, null, event);
    }

    private void followed(BotId bot, long sequence) {
        await().atMost(RestoreScene.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> api.get("/api/v1/bots/" + bot)
                        .statusCode(200)
                        .body("sequence", equalTo((int) sequence))
                        .body("parked", nullValue()));
    }

    @AfterEach
    void close() {
        process.close();
        segments.close();
        scene.close();
    }

    /** All bots, to so many seconds, which is when their event of that number was the newest. */
    private StateRestoreView toSecond(long seconds) {
        return RestoreScene.ended(
                api, RestoreScene.begun(api, "{\"at\":\"%s\",\"dryRun\":true}".formatted(BEGIN.plusSeconds(seconds))));
    }

    private Map<BotId, BotRestoreView> parts(StateRestoreView restore) {
        return RestoreScene.bots(api, restore).stream()
                .collect(Collectors.toMap(BotRestoreView::bot, Function.identity()));
    }

    private void assertAll(StateRestoreView restore, RestoreRung rung, long sequence) {
        var parts = parts(restore);
        assertThat(bots)
                .allSatisfy(bot -> assertThat(parts.get(bot))
                        .as("%s", restore)
                        .returns(Outcome.FOUND, BotRestoreView::outcome)
                        .returns(rung, BotRestoreView::rung)
                        .extracting(BotRestoreView::after)
                        .returns(sequence, Place::sequence));
        assertThat(parts.get(younger)).as("it was made later").returns(Outcome.LEFT, BotRestoreView::outcome);
    }

    @Test
    void isReadOnceForAllBotsFromTheNearestSnapshotToTheFirstLaterRecord() {
        var four = toSecond(4);

        assertAll(four, RestoreRung.SEGMENTS, 4);
        assertThat(four.findings()).anyMatch(finding -> finding.contains("came in the place of another one"));
        assertThat(segments.asked(older))
                .as("that of the record behind which the snapshot was taken, up to that of an event 5")
                .containsExactly(9L, 12L);
        assertThat(segments.listed()).isEqualTo(1);
        assertThat(parts(toSecond(0)).values())
                .as("in front of what its first records say")
                .hasSize(4)
                .extracting(BotRestoreView::outcome)
                .containsOnly(Outcome.LEFT);
    }

    /** What is behind offset 11, and so every record later than the time, was not archived any more. */
    @Test
    void isNotExactWhereItsArchiveEndsTooEarlyAndNotAskedWhereItDiverged() {
        for (int left = 0; left < 3; left++) {
            segments.leaveOutTheNewest();
        }

        var four = toSecond(4);
        assertAll(four, RestoreRung.OLDER_SNAPSHOT, 3);
        assertThat(four.findings())
                .anyMatch(finding -> finding.matches("(?s).*no segment of partition 0 of topic .* holds offset 12"
                        + ", so the state is the one of the snapshot.*"));
        assertAll(toSecond(2), RestoreRung.SEGMENTS, 2);
        scene.damage(snapshot);
        assertFailed(toSecond(4), "holds offset 12");
        segments.diverge();
        var before = segments.asked(older);
        assertFailed(toSecond(2), "is not to be relied on");
        assertThat(segments.asked(older)).isEqualTo(before);
    }

    @Test
    void isAskedForTheNumberOfAnEventTooAndNoBotThatWasInItIsLeftAlone() {
        assertThat(toEvent(4))
                .returns(Outcome.FOUND, BotRestoreView::outcome)
                .returns(RestoreRung.SEGMENTS, BotRestoreView::rung)
                .extracting(BotRestoreView::after)
                .returns(4L, Place::sequence);
        segments.diverge();
        assertThat(toEvent(4))
                .returns(Outcome.FAILED, BotRestoreView::outcome)
                .extracting(BotRestoreView::reason)
                .asString()
                .contains("is not to be relied on");
    }

    /** Each was made before it was taken, and where its events were then nobody looks. */
    @Test
    void ofADamagedSnapshotInFrontOfABotsFirstEventNobodySaysThatThereWasNoSuchBot() {
        var beginning = RestoreScene.snapshot(api);
        scene.takeAtTheBeginning(beginning);
        scene.damage(beginning);

        var restore = RestoreScene.ended(
                api, RestoreScene.begun(api, "{\"snapshot\":\"%s\",\"dryRun\":true}".formatted(beginning.id())));

        assertThat(parts(restore).values())
                .as("%s", restore)
                .hasSize(4)
                .extracting(BotRestoreView::outcome)
                .containsOnly(Outcome.FAILED);
    }

    private BotRestoreView toEvent(long sequence) {
        var wanted = "{\"bot\":\"%s\",\"sequence\":%d,\"dryRun\":true}".formatted(bots.getFirst(), sequence);
        return RestoreScene.bots(api, RestoreScene.ended(api, RestoreScene.begun(api, wanted)))
                .getFirst();
    }

    /** Who must have been in an older log is not said not to have been there. */
    private void assertFailed(StateRestoreView restore, String why) {
        var parts = parts(restore);
        assertThat(bots)
                .allSatisfy(bot -> assertThat(parts.get(bot))
                        .as("%s", restore)
                        .returns(Outcome.FAILED, BotRestoreView::outcome)
                        .extracting(BotRestoreView::reason)
                        .asString()
                        .contains(why));
        assertThat(parts.get(younger)).returns(Outcome.LEFT, BotRestoreView::outcome);
    }
}
