package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static io.everstate.bot.hosting.HostedFleet.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.LoggedLines;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedRestartTest {
    @AutoClose
    private final HostedFleet fleet;

    RefusedRestartTest(@TempDir Path directory) {
        fleet = new HostedFleet(directory);
    }

    /** Before, a restart for which there was no room was never asked for again: the bot neither ran nor was it missed. */
    @Test
    @Tag("SF5")
    void isAskedForAgainOnceThereIsRoom() {
        takeWithoutRoom(SampleBots.running(BOT, RestartPolicy.MANUAL), fleet.occupyTheHost());

        fleet.log.release();

        await().untilAsserted(() ->
                assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(fleet.trades()).isZero();
        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
    }

    /** Before, the return to the file was asked for for ever, and the bot held meanwhile. */
    @Test
    @Tag("PT2")
    void whatCountsInPlaceOfTheReturnToALocalFileIsNotTakenBackAndTheBotRuns() throws IOException {
        var file = SampleBots.traded(BOT, 300);
        var busy = fleet.occupyTheHost();
        fleet.store.save(file);
        try (var said = new LoggedLines(Takeovers.class)) {
            takeWithoutRoom(SampleBots.traded(BOT, 10), busy);

            fleet.log.release();

            fleet.awaitTrades(13);
            assertThat(fleet.events(CheckpointTaken.class))
                    .map(CheckpointTaken::state)
                    .doesNotContain(file);
            assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
            assertThat(said.all()).anyMatch(line -> line.contains("what it acknowledged is not taken back"));
        }
    }

    /**
     * The bot's owner was lost, and more commands wait for it than there is room for, until the log comes back. The third bot's shows that the
     * host has asked.
     */
    private void takeWithoutRoom(BotState bot, CountDownLatch busy) {
        fleet.log.assign(bot, fleet.state(OTHER), SampleBots.running(SampleBots.id(3), RestartPolicy.MANUAL));
        fleet.log.crowd(BOT);
        busy.countDown();
        await().until(() -> fleet.log.held(BotStopped.class) == 1);
        assertThat(fleet.state(BOT)).isEqualTo(bot);
    }
}
