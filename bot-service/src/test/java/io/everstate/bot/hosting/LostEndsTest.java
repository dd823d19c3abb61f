package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static io.everstate.bot.hosting.HostedFleet.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.LoggedLines;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.log.KnownState;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log has less of a bot than is known, and its newest event is one that was known, or one of an owner that went on unaware of the loss.
 * The clocks of owners differ by more than it takes to trade.
 */
class LostEndsTest {
    private static final String LOG = "";
    private static final KnownIn FIRST = new KnownIn(LOG, 0, "/first");
    private static final KnownIn SECOND = new KnownIn(LOG, 1, "/second");
    private static final Duration FAST = Duration.ofSeconds(60);

    @AutoClose
    private final HostedFleet fleet;

    private final BotState known = SampleBots.traded(BOT, 40);

    LostEndsTest(@TempDir Path directory) {
        fleet = new HostedFleet(directory, new Unreadable(), 1);
    }

    /** An event 13, which the log has, with a clock that is that far away from that of who wrote event 42. */
    private BotState last(Duration ahead) {
        return SampleBots.then(
                SampleBots.traded(BOT, 10),
                new TradeExecuted(SampleBots.purchase(10)),
                known.updatedAt().plus(ahead));
    }

    private void goesOnFromWhatIsKnown() {
        fleet.awaitTrades(43);
        assertThat(fleet.checkpoints())
                .singleElement()
                .satisfies(event ->
                        assertThat(((CheckpointTaken) event.event()).state()).isEqualTo(known));
    }

    private void goesOnFromWhatTheLogHas() {
        fleet.awaitTrades(14);
        assertThat(fleet.checkpoints()).isEmpty();
        assertThat(fleet.state(BOT).sequence()).isLessThan(known.sequence() + Takeovers.HEALED_AHEAD);
    }

    /** Before, the later time of the earlier event was taken for a sign that the bot had gone on. */
    @Test
    @Tag("SF13")
    void whatAnEarlierOwnerWroteByAFastClockIsNoGoingOn() {
        fleet.lost(known, SECOND);
        fleet.wrote(FIRST);

        fleet.log.assign(last(FAST));

        goesOnFromWhatIsKnown();
    }

    @Test
    @Tag("SF13")
    void ofALocalFileNeither() throws IOException {
        fleet.store.save(new KnownState(known, SECOND));
        fleet.wrote(FIRST);

        fleet.log.assign(last(FAST));

        goesOnFromWhatIsKnown();
    }

    /** Nothing in the log can be behind an ownership that is not in it: that is not even looked for. */
    @Test
    void whereTheLogHasLostTheClaimTooItIsNoGoingOn() {
        fleet.lost(known, new KnownIn(LOG, 2, "/second"));
        fleet.wrote(new KnownIn(LOG, 9, "/nobody"));

        fleet.log.assign(last(FAST));

        goesOnFromWhatIsKnown();
    }

    /** Before, it was taken back by the next takeover. */
    @Test
    @Tag("SF13")
    void whatALaterOwnerAcknowledgedByASlowClockIsNotTakenBack() {
        try (var said = new LoggedLines(Takeovers.class)) {
            fleet.lost(known, FIRST);
            fleet.wrote(SECOND);

            fleet.log.assign(last(FAST.negated()));

            goesOnFromWhatTheLogHas();
            assertThat(said.all())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("ERROR")
                            .contains(
                                    "it has event 13, state-service has event 42",
                                    "POST /api/v1/parked/" + BOT + "/skip"));
        }
    }

    /** The log lost the claim, and the next owner counted from what was left. */
    @Test
    void whatAnotherOwnerOfThatNumberAcknowledgedIsNotTakenBack() throws IOException {
        try (var said = new LoggedLines(Takeovers.class)) {
            fleet.store.save(new KnownState(known, SECOND));
            fleet.wrote(new KnownIn(LOG, 1, "/third"));

            fleet.log.assign(last(FAST.negated()));

            goesOnFromWhatTheLogHas();
            assertThat(said.all())
                    .anySatisfy(line -> assertThat(line)
                            .contains("POST /api/v1/bots/" + BOT + "/restore {\"sequence\": 42} at bot-service"));
        }
    }

    @Test
    void whereTheLogWasMadeAnewTheTimesAreCompared() {
        fleet.lost(known, new KnownIn("the one before", 0, "/first"));

        fleet.log.assign(last(FAST));

        goesOnFromWhatTheLogHas();
    }

    /** Before, nothing was known of what the log had lost of any bot of the partition. */
    @Test
    void whatIsWrongWithTheFilesOfOneBotCostsNoOtherWhatItHasLost() throws IOException {
        try (var said = new LoggedLines(LookBeyondTheLog.class)) {
            fleet.store.save(known);
            fleet.store.save(SampleBots.traded(OTHER, 40));

            fleet.log.assign(SampleBots.traded(BOT, 10));

            goesOnFromWhatIsKnown();
            assertThat(said.all())
                    .anySatisfy(line -> assertThat(line).startsWith("ERROR").contains("bot " + OTHER));
        }
    }

    @Test
    void aFileSaysInWhichOwnershipItsStateWasKnown() {
        fleet.log.assign(known);

        fleet.awaitTrades(42);

        await().untilAsserted(() -> assertThat(fleet.store.newestKnown(BOT))
                .hasValueSatisfying(file -> assertThat(file.in()).isEqualTo(new KnownIn(LOG, 2, "/here"))));
    }

    /** Fails at one bot's states as no damage that is known does. */
    private static final class Unreadable implements JsonFormat {
        private final JsonFormat json = new SampleJson();

        @Override
        public byte[] write(Object value) {
            return json.write(value);
        }

        @Override
        public <T> T read(byte[] content, Class<T> type) {
            if (new String(content, StandardCharsets.UTF_8).contains(OTHER.toString())) {
                throw new IllegalStateException("this reader has a defect");
            }
            return json.read(content, type);
        }
    }
}
