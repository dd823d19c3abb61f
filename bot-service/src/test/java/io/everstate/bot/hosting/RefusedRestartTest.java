package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static io.everstate.bot.hosting.HostedFleet.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import java.nio.file.Path;
import java.time.Duration;
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
        var busy = fleet.occupyTheHost();
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL), fleet.state(OTHER));
        fleet.log.crowd(BOT);
        busy.countDown();
        await().during(Duration.ofMillis(300)).until(() -> fleet.state(BOT).running());

        fleet.log.release();

        await().untilAsserted(() ->
                assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(fleet.trades()).isZero();
        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
    }
}
