package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static io.everstate.bot.hosting.HostedFleet.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.BotCommand.ReportNotReturned;
import io.everstate.contracts.bot.BotEvent.BotNotReturned;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a bot does not run is said of the run that its takeover ends; it must not keep the takeover from ending it. */
class ReportsDuringTakeoversTest {
    /** Bots of the two other partitions. */
    private static final List<BotId> ELSEWHERE = List.of(SampleBots.id(3), SampleBots.id(6));

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
        disk.countDown(); // the other bot's file can be there by the time that its takeover looks for files
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
        fleet.trade(new InMemoryMarket(Map.of()));
        fleet.store.save(SampleBots.traded(OTHER, 40));
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL));

        // when the first is reported, the bot has been seen to be away; when the second is, it has been for longer than
        // it may
        ELSEWHERE.forEach(this::awaitThatItIsMissed);

        assertThat(fleet.state(BOT).running()).as("the takeover waits").isTrue();
        disk.countDown();
        await().untilAsserted(() ->
                assertThat(fleet.state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(fleet.log.recorded().filter(entry -> entry.event() instanceof BotNotReturned))
                .extracting(BotEventRecorded::bot)
                .containsAll(ELSEWHERE)
                .doesNotContain(BOT);
    }

    /** Of a partition of its own, whose takeover reads no file; there is no market for it to run on. */
    private void awaitThatItIsMissed(BotId bot) {
        fleet.log.assign(SampleBots.running(bot, RestartPolicy.RESUME));
        await().untilAsserted(() -> assertThat(fleet.notReturned(bot)).isPresent());
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
