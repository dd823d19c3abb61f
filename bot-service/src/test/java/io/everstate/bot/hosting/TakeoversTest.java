package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static io.everstate.bot.hosting.HostedFleet.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of bots whose partition comes from another owner, or from one that was lost. */
class TakeoversTest {
    @AutoClose
    private final HostedFleet fleet;

    TakeoversTest(@TempDir Path directory) {
        fleet = new HostedFleet(directory);
    }

    @Test
    @Tag("SF6")
    @Tag("PT4")
    void aBotWhoseOwnerWasLostIsResumed() {
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.RESUME));

        fleet.awaitTrades(3);

        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
    }

    @Test
    @Tag("SF5")
    void aBotWhoseOwnerWasLostIsMarkedStopped() {
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL));

        await().untilAsserted(() -> {
            assertThat(fleet.state(BOT).lifecycle().status()).isEqualTo(BotStatus.STOPPED);
            assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART);
            assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
        });
        assertThat(fleet.trades()).isZero();
    }

    @Test
    @Tag("SF5")
    void aManualBotThatIsHandedOverGoesOn() {
        fleet.log.handOver(SampleBots.running(BOT, RestartPolicy.MANUAL));

        fleet.awaitTrades(3);
        assertThat(fleet.state(BOT).lifecycle().restarts()).isZero();
    }

    /** Before, one bot whose restart its owner still owed made all of the partition lost. */
    @Test
    @Tag("SF5")
    void ofBotsThatAreHandedOverOnlyTheNamedOnesAreStopped() {
        fleet.log.handOverOwing(
                List.of(OTHER),
                SampleBots.running(BOT, RestartPolicy.MANUAL),
                SampleBots.running(OTHER, RestartPolicy.MANUAL));

        fleet.awaitTrades(3);
        await().untilAsserted(() ->
                assertThat(fleet.state(OTHER).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(fleet.state(OTHER).portfolio().trades()).isZero();
        assertThat(fleet.state(BOT).lifecycle().restarts()).isZero();
    }

    /** What this process did not come to, an owner since has done. */
    @Test
    @Tag("SF5")
    void aTakeoverThatWasInterruptedIsOwedNoMoreOnceAnotherOwnerHandsOver() {
        var busy = fleet.occupyTheHost();
        var ran = SampleBots.running(BOT, RestartPolicy.MANUAL);
        fleet.log.assign(ran, fleet.state(OTHER));
        fleet.log.surrender();
        var stopped = SampleBots.then(ran, new BotStopped(StopReason.RESTART));
        fleet.log.handOver(SampleBots.then(stopped, new BotStarted()));
        busy.countDown();

        fleet.awaitTrades(3);
        assertThat(fleet.state(BOT).lifecycle().restarts())
                .as("by the owner since")
                .isEqualTo(1);
    }

    /** Before, the second ownership of the process took the bot for one that it had been running. */
    @Test
    @Tag("SF5")
    void aManualBotDoesNotRunWhenItsStopWasLostOnTheWay() {
        fleet.log.failNextEvent();
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL));
        await().until(() -> !fleet.log.ownerships().owns(BOT));

        fleet.log.claimAgain();

        await().untilAsserted(() ->
                assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(fleet.trades()).isZero();
        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
    }

    @Test
    void aShortOutageOfTheLogIsNoRestart() {
        fleet.log.assign(SampleBots.created(BOT));
        fleet.execute(new StartBot());
        fleet.awaitTrades(3);

        fleet.log.fail(true);
        await().until(() -> !fleet.log.ownerships().owns(BOT));
        fleet.log.fail(false);
        fleet.log.claimAgain();

        var before = fleet.trades();
        fleet.awaitTrades(before + 3);
        assertThat(fleet.state(BOT).lifecycle().restarts()).isZero();
    }

    @Test
    @Tag("PT7")
    void aBotInEmergencyStopIsNotResumed() {
        var stopped = SampleBots.then(
                SampleBots.running(BOT, RestartPolicy.RESUME), new EmergencyStopped("too much lost", Amount.of("0.3")));

        fleet.log.assign(stopped, SampleBots.running(OTHER, RestartPolicy.RESUME));

        fleet.awaitRunning(1);
        assertThat(fleet.state(BOT)).isEqualTo(stopped);
    }

    /** Before, the second claim of the process took the bot for one that it had been running. */
    @Test
    @Tag("SF5")
    void aTakeoverThatWasInterruptedIsStillOwed() {
        var busy = fleet.occupyTheHost();
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL), fleet.state(OTHER));
        fleet.log.failNextEvent();
        var _ = fleet.log.ownerships().submit(OTHER, new StopBot(StopReason.COMMAND), null, Duration.ofSeconds(5));
        await().until(() -> !fleet.log.ownerships().owns(BOT));

        fleet.log.claimAgain();
        busy.countDown();

        await().untilAsserted(() ->
                assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(fleet.state(BOT).portfolio().trades()).isZero();
    }

    @Test
    @Tag("SF5")
    void whatWasStartedAgainBeforeTheTakeoverIsNotStopped() {
        var busy = fleet.occupyTheHost();
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL), fleet.state(OTHER));

        fleet.execute(new StopBot(StopReason.COMMAND));
        fleet.execute(new StartBot());
        busy.countDown();

        fleet.awaitTrades(3);
        assertThat(fleet.state(BOT).lifecycle().restarts()).isZero();
    }
}
