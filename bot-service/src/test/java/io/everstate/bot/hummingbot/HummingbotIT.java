package io.everstate.bot.hummingbot;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

/** Against a real broker, Debian's mosquitto. */
@QuarkusTest
@TestProfile(HummingbotProfile.class)
@QuarkusTestResource(PlatformResource.class)
class HummingbotIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** As the service has it: the profile is asked more than once. */
    private static int port() {
        return ConfigProvider.getConfig()
                .getValue("everstate.hummingbot.broker", URI.class)
                .getPort();
    }

    @Test
    void heartbeatsAndEventsArriveAlsoAfterTheBrokerWasAway() throws Exception {
        var mosquitto = mosquitto();
        assumeThat(mosquitto)
                .as("mosquitto is not installed: apt-get install mosquitto")
                .isPresent();
        register();

        try (var broker = new Broker(mosquitto.orElseThrow())) {
            await().atMost(SOON).untilAsserted(() -> {
                broker.publish("hb", "{}");
                assertThat(bot().getString("lifecycle.status")).isEqualTo("RUNNING");
            });
            broker.publish(
                    "events", "{\"timestamp\": 1667328229, \"type\": \"OrderFilled\", \"data\": {\"price\": 1}}");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(bot().getList("external.recentReports.type"))
                            .isEqualTo(List.of("TRADE")));
        }
        try (var broker = new Broker(mosquitto.orElseThrow())) {
            await().atMost(SOON).untilAsserted(() -> {
                broker.publish("status_updates", "{\"msg\": \"back\"}");
                assertThat(bot().getList("external.recentReports.origin", String.class))
                        .hasSizeGreaterThan(1)
                        .containsOnly("hummingbot");
            });
        }
    }

    /** The key of a creation, if it is a UUID of version 7, is the bot's id. */
    private static void register() {
        await().atMost(SOON)
                .untilAsserted(() -> given().auth()
                        .oauth2(TestIdentity.shared().token("operator"))
                        .header("Idempotency-Key", HummingbotProfile.BOT)
                        .contentType("application/json")
                        .body("{\"name\": \"market maker\", \"system\": \"hummingbot\"}")
                        .post("/api/v1/external-bots")
                        .then()
                        .statusCode(201));
    }

    private static JsonPath bot() {
        return given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/bots/" + HummingbotProfile.BOT)
                .jsonPath();
    }

    private static Optional<Path> mosquitto() {
        return Stream.of(
                        "/usr/sbin/mosquitto",
                        "/usr/bin/mosquitto",
                        "/usr/local/sbin/mosquitto",
                        "/opt/homebrew/sbin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A broker for one life, and somebody who publishes there. */
    private static final class Broker implements AutoCloseable {
        private final Process process;
        private final MqttClient publisher;

        Broker(Path mosquitto) throws IOException, MqttException {
            var directory = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target/directories").toAbsolutePath()), "mosquitto-");
            var settings = Files.writeString(
                    directory.resolve("mosquitto.conf"),
                    "listener %d 127.0.0.1\nallow_anonymous true\n".formatted(port()));
            process = new ProcessBuilder(mosquitto.toString(), "-c", settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output.log").toFile())
                    .start();
            publisher = new MqttClient("tcp://127.0.0.1:" + port(), "hummingbot", new MemoryPersistence());
            await().atMost(SOON).ignoreExceptions().until(() -> {
                publisher.connect();
                return true;
            });
        }

        void publish(String channel, String payload) throws MqttException {
            publisher.publish("hbot/a1b2c3/" + channel, payload.getBytes(UTF_8), 1, false);
        }

        @Override
        public void close() throws MqttException {
            publisher.disconnectForcibly(100, 100);
            publisher.close();
            process.destroy();
            process.onExit().join();
        }
    }
}
