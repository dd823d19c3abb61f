package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.bot.fleet.BotServiceProcess.Answer;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process without Kafka, from its start and in the middle of its life. */
class DegradedIT {
    private static final double SPEED = 50;
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration BOOT = Duration.ofSeconds(25);
    private static final String ALONE = "alone";

    @TempDir
    Path directory;

    @Test
    @Tag("GR3")
    @Tag("EC8")
    void withoutKafkaBotsAreSeenAndDoNotTradeUntilItIsThere() {
        var options = PlatformOptions.in(directory.resolve("platform"))
                .ports(Ports.free())
                .secrets(Secrets.generate());
        try (var platform = ProcessPlatform.start(options)) {
            var before = tradedOnce(platform);
            platform.kill();

            try (var service = BotServiceProcess.startUnready(platform, ALONE, directory, SPEED)) {
                var seen = await().atMost(BOOT).until(() -> service.get("/api/v1/bots"), DegradedIT::degraded);

                assertNobodyTrades(service, seen, before);
                platform.restart();
                assertHealed(service, before);

                platform.kill();
                var last = await().atMost(SOON).until(() -> service.get("/api/v1/bots"), DegradedIT::degraded);
                assertNobodyTrades(service, last, before);
                platform.restart();
                assertHealed(service, last.body().path("items").path(0));
            }
        }
    }

    /** Returns the bot as it was when its service ended. */
    private JsonNode tradedOnce(ProcessPlatform platform) {
        try (var service = BotServiceProcess.start(platform, ALONE, directory, SPEED)) {
            var id = service.create("resumes", "RESUME");
            service.act(id, "start");
            await().atMost(SOON).until(() -> trades(service.bot(id).body()) >= 5);
            return service.bot(id).body();
        }
    }

    private static void assertNobodyTrades(BotServiceProcess service, Answer seen, JsonNode before) {
        var bot = seen.body().path("items").path(0);
        var id = before.path("id").asText();
        assertThat(seen.body().path("items")).hasSize(1);
        assertThat(bot.path("id").asText()).isEqualTo(id);
        assertThat(bot.path("lifecycle").path("status").asText()).isEqualTo("RUNNING");
        assertThat(trades(bot)).isGreaterThanOrEqualTo(trades(before));
        var degraded = seen.body().path("degraded");
        assertThat(degraded.path("why").asText()).contains("local checkpoints", "whether they trade is not known here");
        assertThat(degraded.path("savedAt").path(id).asText())
                .isEqualTo(bot.path("updatedAt").asText());

        assertThat(service.act(id, "stop").status()).isEqualTo(503);
        assertThat(service.bot(id).status()).isEqualTo(503);
        assertThat(service.managed("/q/health/live").status()).isEqualTo(200);
        var ready = service.managed("/q/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.body().findValue("degraded").asBoolean()).isTrue();
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(service.get("/api/v1/bots").body().path("items"))
                                .isEqualTo(seen.body().path("items")));
    }

    private static void assertHealed(BotServiceProcess service, JsonNode before) {
        await().atMost(SOON).untilAsserted(() -> {
            var list = service.get("/api/v1/bots");
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.body().has("degraded")).isFalse();
            assertThat(trades(list.body().path("items").path(0))).isGreaterThan(trades(before) + 3);
        });
        assertThat(service.managed("/q/health/ready").status()).isEqualTo(200);
    }

    private static boolean degraded(Answer list) {
        return list.status() == 200 && list.body().has("degraded");
    }

    private static long trades(JsonNode bot) {
        return bot.path("portfolio").path("trades").asLong();
    }
}
