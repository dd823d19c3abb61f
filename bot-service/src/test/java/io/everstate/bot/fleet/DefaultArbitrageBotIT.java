package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.platform.launcher.Platform;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import io.everstate.platform.testkit.TestIdentity;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas and three starts have one default bot, and none any more once it was deleted. */
@Tag("SF3")
class DefaultArbitrageBotIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final double SPEED = 100;
    private static final String ID = DefaultArbitrageBot.ID.toString();

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static Platform platform;

    @TempDir
    Path directory;

    @BeforeAll
    static void startPlatform(@TempDir Path files) {
        platform = ProcessPlatform.start(PlatformOptions.in(files)
                .ports(Ports.free())
                .secrets(Secrets.generate())
                .controlled());
    }

    @AfterAll
    static void stopPlatform() {
        platform.close();
    }

    @Test
    void aFleetHasOneUntilSomebodyDeletesIt() throws IOException, InterruptedException {
        try (var one = start("one");
                var two = start("two")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(standard(one)).isEqualTo(1));
            two.create("another", "RESUME");
            await().atMost(SOON).untilAsserted(() -> assertThat(bots(two)).isEqualTo(2));
            assertThat(standard(two)).isEqualTo(1);
            assertThat(one.bot(ID).body().path("lifecycle").path("status").asText())
                    .isEqualTo("STOPPED");
        }
        try (var again = start("one")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(bots(again)).isEqualTo(2));
            again.create("third", "RESUME");
            assertThat(again.bot(ID).body().path("sequence").asLong()).isEqualTo(1);
            assertThat(delete(again)).isEqualTo(200);
        }
        try (var again = start("one")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(bots(again)).isEqualTo(2));
            again.create("fourth", "RESUME");
            assertThat(bots(again)).isEqualTo(3);
            assertThat(again.bot(ID).status()).isEqualTo(404);
        }
    }

    private BotServiceProcess start(String instance) {
        return BotServiceProcess.startWithDefaultBot(platform, instance, directory.resolve(instance), SPEED);
    }

    private static long bots(BotServiceProcess service) {
        return service.get("/api/v1/bots").body().path("items").size();
    }

    private static long standard(BotServiceProcess service) {
        Iterable<JsonNode> bots = service.get("/api/v1/bots").body().path("items");
        return StreamSupport.stream(bots.spliterator(), false)
                .filter(bot -> bot.path("configuration")
                        .path("labels")
                        .path("everstate")
                        .asText()
                        .equals("default-arbitrage"))
                .count();
    }

    private static int delete(BotServiceProcess service) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.process().url().resolve("/api/v1/bots/" + ID))
                .header("Authorization", "Bearer " + TestIdentity.shared().token("admin"))
                .DELETE()
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
