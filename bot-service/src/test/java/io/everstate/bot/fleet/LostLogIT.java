package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worst that can happen to the log while bot-service is down, on a platform of its own. */
class LostLogIT {
    private static final double SPEED = 50;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    @Tag("PT4")
    @Tag("SF13")
    void afterTheLogIsLostTheBotsGoOnFromTheirFiles() throws Exception {
        var options = PlatformOptions.in(directory.resolve("platform"))
                .ports(Ports.free())
                .secrets(Secrets.generate());
        try (var platform = ProcessPlatform.start(options);
                var service = BotServiceProcess.start(platform, "alone", directory, SPEED)) {
            var ledger = new TradeLedger();
            var resumes = service.create("resumes", "RESUME");
            var manual = service.create("manual", "MANUAL");
            service.act(resumes, "start");
            service.act(manual, "start");
            await().atMost(SOON).until(() -> ledger.note(service.bot(resumes).body()) >= 5);
            var manualBefore = service.bot(manual).body();
            var newest = ledger.newest();

            service.process().close();
            LostLog.lose(platform.kafka());
            service.process().restart();

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(trades(service.bot(resumes).body())).isGreaterThan(ledger.size() + 2L));
            var resumed = service.bot(resumes).body();
            ledger.verify(resumed);
            assertThat(resumed.path("lifecycle").path("restarts").asInt()).isEqualTo(1);
            assertThat(resumed.path("sequence").asLong()).isGreaterThan(newest + 2);
            await().atMost(SOON).untilAsserted(() -> {
                var stopped = service.bot(manual).body();
                assertThat(stopped.path("lifecycle").path("stopReason").asText())
                        .isEqualTo("RESTART");
                assertThat(stopped.path("sequence").asLong())
                        .isGreaterThan(manualBefore.path("sequence").asLong());
                assertThat(trades(stopped)).isGreaterThanOrEqualTo(trades(manualBefore));
            });
        }
    }

    private static long trades(JsonNode bot) {
        return bot.path("portfolio").path("trades").asLong();
    }
}
