package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static io.everstate.bot.hosting.HostedFleet.OTHER;
import static io.everstate.bot.hosting.HostedFleet.TAPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand.PauseBot;
import io.everstate.contracts.bot.BotCommand.ResumeBot;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotNotReturned;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.ReturnedAfterPause;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which bots run here and when, apart from how they came. */
class BotHostTest {
    @AutoClose
    private final HostedFleet fleet;

    BotHostTest(@TempDir Path directory) {
        fleet = new HostedFleet(directory);
    }

    @Test
    void aBotThatIsStartedTradesAndOneThatIsStoppedDoesNot() {
        fleet.log.assign(SampleBots.created(BOT));

        fleet.execute(new StartBot());
        fleet.awaitTrades(3);
        fleet.execute(new StopBot(StopReason.COMMAND));

        var trades = fleet.trades();
        fleet.awaitRunning(0);
        assertThat(fleet.trades()).isEqualTo(trades);
    }

    @Test
    @Tag("PT13")
    void whenThePartitionIsLostItsRunsEnd() {
        fleet.log.assign(SampleBots.created(BOT));
        fleet.execute(new StartBot());
        fleet.awaitTrades(1);

        fleet.log.surrender();

        fleet.awaitRunning(0);
    }

    @Test
    void aBotThatCannotRunHereKeepsNoOtherFromRunning() {
        var strange = new BotConfiguration(
                "strange",
                "of-a-later-version",
                List.of(SampleBots.SYMBOL),
                Amount.of(1),
                Amount.ZERO,
                Map.of(),
                RestartPolicy.RESUME,
                null);
        var cannot = SampleBots.then(SampleBots.created(OTHER, strange), new BotStarted());

        fleet.log.assign(cannot, SampleBots.running(BOT, RestartPolicy.RESUME));

        fleet.awaitTrades(1);
        await().untilAsserted(() -> assertThat(fleet.notReturned(OTHER))
                .hasValueSatisfying(why -> assertThat(why).contains("of-a-later-version")));
        fleet.awaitTrades(fleet.trades() + 3);
        assertThat(fleet.events(BotNotReturned.class)).as("said once").hasSize(1);
    }

    @Test
    @Tag("SF14")
    void aBotThatComesBackAfterAllIsMissedNoMore() {
        fleet.trade(new ClosedMarket());
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.RESUME));
        await().untilAsserted(() ->
                assertThat(fleet.notReturned(BOT)).contains("sample: there is no market \"BTC/USD\", only []"));

        fleet.trade(TAPE);

        fleet.awaitTrades(3);
        await().untilAsserted(() -> assertThat(fleet.notReturned(BOT)).isEmpty());
        assertThat(fleet.events(BotNotReturned.class)).hasSize(1);
        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
    }

    @Test
    @Tag("PT8")
    void aBotThatWasAwayForDaysIsValuedAtPresentPricesBeforeItTrades() {
        var before = SampleBots.traded(BOT, 4);
        fleet.clock.advance(Duration.ofDays(3));

        fleet.log.assign(before);

        fleet.awaitTrades(6);
        var returned = fleet.events(ReturnedAfterPause.class);
        assertThat(returned).singleElement().satisfies(event -> {
            assertThat(event.since()).isEqualTo(before.updatedAt());
            assertThat(event.valueBefore()).isEqualTo(before.portfolio().totalValue());
            var price = TAPE.bar(SampleBots.SYMBOL, 4).orElseThrow().open();
            assertThat(event.symbols())
                    .hasValueSatisfying(
                            new Condition<>(symbol -> symbol.priceNow().equals(price), "at the next bar's opening"));
        });
        assertThat(fleet.state(BOT).lifecycle().absenceSince()).isEmpty();
        assertThat(fleet.events(BotEvent.class).stream()
                        .map(event -> event.getClass().getSimpleName())
                        .limit(3))
                .containsExactly("BotRestarted", "ReturnedAfterPause", "TradeExecuted");
    }

    /** Before, it went on as if it had been there. */
    @Test
    @Tag("PT8")
    void aBotWhoseOwnerDidNotReachTheLogForAnHourIsValuedBeforeItTrades() {
        fleet.log.assign(SampleBots.created(BOT));
        fleet.execute(new StartBot());
        fleet.awaitTrades(2);

        standWithoutTheLogForAnHour();

        await().untilAsserted(() -> assertThat(fleet.events(ReturnedAfterPause.class))
                .singleElement()
                .satisfies(event -> assertThat(Duration.between(event.since(), fleet.clock.instant()))
                        .isEqualTo(Absence.LONG)));
        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
        fleet.awaitTrades(fleet.trades() + 2);
    }

    @Test
    @Tag("SF5")
    void aManualBotWhoseOwnerDidNotReachTheLogForAnHourIsMarkedStopped() {
        fleet.log.handOver(SampleBots.running(BOT, RestartPolicy.MANUAL));
        fleet.awaitTrades(2);

        standWithoutTheLogForAnHour();

        await().untilAsserted(() ->
                assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
    }

    private void standWithoutTheLogForAnHour() {
        fleet.log.fail(true);
        await().until(() -> !fleet.log.ownerships().owns(BOT));
        fleet.clock.advance(Absence.LONG);
        fleet.log.fail(false);
        fleet.log.claimAgain();
    }

    @Test
    @Tag("PT8")
    void aBotThatIsResumedAfterAnHourIsValuedToo() {
        fleet.log.assign(SampleBots.created(BOT));
        fleet.execute(new StartBot());
        fleet.awaitTrades(2);
        fleet.execute(new PauseBot());
        fleet.clock.advance(Duration.ofHours(1));

        fleet.execute(new ResumeBot());

        fleet.awaitTrades(fleet.trades() + 2);
        assertThat(fleet.events(ReturnedAfterPause.class)).hasSize(1);
    }

    @Test
    void everyOwnershipIsCountedByHowItCame() {
        fleet.log.assign(SampleBots.created(BOT));
        fleet.log.surrender();
        fleet.log.handOver(SampleBots.created(BOT));
        fleet.log.fail(true);
        assertThat(fleet.log.ownerships().submit(BOT, new StartBot(), null, Duration.ofSeconds(5)))
                .isCompletedExceptionally();
        fleet.log.fail(false);
        fleet.log.claimAgain();

        assertThat(fleet.successions("lost")).isEqualTo(1);
        assertThat(fleet.successions("handed_over")).isEqualTo(1);
        assertThat(fleet.successions("continued")).isEqualTo(1);
    }

    @Test
    void aBotThatRunsElsewhereIsNeitherRunNorRestartedHere() {
        var elsewhere = SampleBots.runningElsewhere(OTHER);

        fleet.log.assign(elsewhere, SampleBots.running(BOT, RestartPolicy.RESUME));

        fleet.awaitTrades(3);
        fleet.awaitRunning(1);
        assertThat(fleet.state(OTHER)).isEqualTo(elsewhere);
    }

    /** Before, the log's reader failed at it. */
    @Test
    void whatIsReadOnceTheHostHasStoppedIsMoot() throws InterruptedException {
        var ran = SampleBots.running(BOT, RestartPolicy.RESUME);
        fleet.host.stop();

        fleet.log.assign(ran);

        assertThat(fleet.log.ownerships().owns(BOT)).isTrue();
        assertThat(fleet.state(BOT)).isEqualTo(ran);
    }
}
