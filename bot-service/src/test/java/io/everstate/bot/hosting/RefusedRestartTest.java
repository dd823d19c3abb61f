package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static io.everstate.bot.hosting.HostedFleet.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedRestartTest {
    /** More than can be on their way and wait together. */
    private static final int TOO_MANY = 100;

    @TempDir
    Path directory;

    private HostedFleet fleet;

    @BeforeEach
    void begin() {
        fleet = new HostedFleet(directory);
    }

    @AfterEach
    void end() throws InterruptedException {
        fleet.close();
    }

    /** Before, a restart for which there was no room was never asked for again: the bot neither ran nor was it missed. */
    @Test
    @Tag("SF5")
    void isAskedForAgainOnceThereIsRoom() {
        fleet.log.assign(SampleBots.created(OTHER));
        var busy = new CountDownLatch(1);
        fleet.occupyTheHost(busy);
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL), fleet.state(OTHER));
        fleet.log.hold();
        for (var i = 0; i < TOO_MANY; i++) {
            var _ = fleet.log
                    .ownerships()
                    .submit(BOT, new TakeCheckpoint("sample", state -> state), null, Duration.ofSeconds(5));
        }
        busy.countDown();
        await().during(Duration.ofMillis(300)).until(() -> fleet.state(BOT).running());

        fleet.log.release();

        await().untilAsserted(() ->
                assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(fleet.trades()).isZero();
        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
    }
}
