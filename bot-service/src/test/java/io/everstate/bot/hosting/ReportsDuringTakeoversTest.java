package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static io.everstate.bot.hosting.HostedFleet.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.BotCommand.ReportNotReturned;
import io.everstate.contracts.bot.BotEvent.BotNotReturned;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a bot does not run is said of the run that its takeover ends; it must not keep the takeover from ending it. */
class ReportsDuringTakeoversTest {
    private final CountDownLatch disk = new CountDownLatch(1);

    @AutoClose
    private final HostedFleet fleet;

    ReportsDuringTakeoversTest(@TempDir Path directory) {
        fleet = new HostedFleet(directory, new SlowReading(), 3);
    }

    @AfterEach
    void nobodyWaitsForTheDisk() {
        disk.countDown();
    }

    /** Before, the stop was meant for another lifecycle than the reported one, and the bot went on. */
    @Test
    @Tag("SF5")
    void aManualBotIsStoppedThoughItWasReportedMeanwhile() {
        var busy = fleet.occupyTheHost();
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL), fleet.state(OTHER));

        fleet.execute(new ReportNotReturned("its market is closed"));
        busy.countDown();

        await().untilAsserted(() ->
                assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(fleet.trades()).isZero();
    }

    @Test
    @Tag("SF14")
    void nothingIsMissedWhileTheFilesOfATakeoverAreRead() throws IOException {
        fleet.store.save(SampleBots.traded(OTHER, 40));

        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL));

        await().during(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(fleet.events(BotNotReturned.class)).isEmpty());
        assertThat(fleet.state(BOT).running()).as("the takeover waits").isTrue();
        disk.countDown();
        await().untilAsserted(() ->
                assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(fleet.events(BotNotReturned.class)).isEmpty();
    }

    /** A disk that gives no file out before it is told to. */
    private final class SlowReading implements JsonFormat {
        private final JsonFormat json = new SampleJson();

        @Override
        public byte[] write(Object value) {
            return json.write(value);
        }

        @Override
        public <T> T read(byte[] content, Class<T> type) {
            try {
                disk.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return json.read(content, type);
        }
    }
}
