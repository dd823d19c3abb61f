package io.everstate.bot.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.bot.fleet.BotServiceProcess;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import io.everstate.platform.testkit.TestIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas as real processes, and real senders. After each test neither of them may have written a token anywhere. */
class ReportingProcessIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path FREQTRADE = tools().resolve("freqtrade/bin/python");
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static final List<BotServiceProcess> REPLICAS = new ArrayList<>();
    private static final List<String> SECRETS = new ArrayList<>();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** A registered bot. */
    private record Bot(String id, String token) {}

    @BeforeAll
    static void start() throws IOException {
        var files = directory("reporting");
        var platform = ProcessPlatform.start(PlatformOptions.in(files.resolve("platform"))
                .ports(Ports.free())
                .secrets(Secrets.generate()));
        OPEN.add(platform);
        for (var name : List.of("one", "two")) {
            var replica = BotServiceProcess.start(platform, name, files.resolve(name), 1);
            REPLICAS.add(replica);
            OPEN.addFirst(replica);
        }
        await().atMost(SOON).untilAsserted(() -> {
            for (var replica : REPLICAS) {
                assertThat(send(replica, "GET", "/api/v1/partitions", operator(), null)
                                .body())
                        .contains("epoch");
            }
        });
    }

    @AfterAll
    static void stop() throws Exception {
        for (var open : OPEN) {
            open.close();
        }
    }

    @AfterEach
    void noTokenWasWrittenAnywhere() throws IOException, InterruptedException {
        for (var replica : REPLICAS) {
            var log = Files.readString(replica.process().log());
            var metrics = CLIENT.send(
                            HttpRequest.newBuilder(
                                            replica.process().managementUrl().resolve("/q/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(log).contains("audit");
            for (var secret : SECRETS) {
                assertThat(log.contains(secret)).as("a token is in the log").isFalse();
                assertThat(metrics.contains(secret))
                        .as("a token is in the metrics")
                        .isFalse();
            }
        }
    }

    @Test
    void whateverReplicaIsAskedTheOwnerAnswers() {
        var content = new byte[1 << 20];
        new Random(1).nextBytes(content);

        for (var bot : IntStream.range(0, 4).mapToObj(_ -> register()).toList()) {
            for (var replica : REPLICAS) {
                var path = "/api/v1/external-bots/" + bot.id();
                assertThat(send(replica, "POST", path + "/heartbeats", bot.token(), "{\"status\": \"RUNNING\"}")
                                .statusCode())
                        .isEqualTo(200);
                assertThat(send(replica, "POST", path + "/events", bot.token(), "{\"type\": \"TRADE\", \"content\": 1}")
                                .statusCode())
                        .isEqualTo(201);
                assertThat(send(replica, "POST", path + "/events", wrong(bot), "{\"type\": \"TRADE\", \"content\": 1}")
                                .statusCode())
                        .isEqualTo(401);
                assertThat(save(replica, bot, content)).isEqualTo(201);
                assertThat(read(replica, bot)).isEqualTo(content);
            }
            assertThat(state(bot).at("/external/reports").asInt()).isEqualTo(REPLICAS.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"python3 examples/report.py", "sh examples/report.sh"})
    void theExamplesWork(String command) throws IOException, InterruptedException {
        var bot = register();
        var builder = new ProcessBuilder(command.split(" ", -1));
        builder.environment()
                .putAll(Map.of("BOT_SERVICE", REPLICAS.getLast().process().url().toString(), "BOT_TOKEN", bot.token()));

        var output = run(builder);

        assertThat(output).contains("checkpoint read back").doesNotContain(bot.token());
        assertThat(state(bot).at("/lifecycle/status").asText()).isEqualTo("RUNNING");
        assertThat(state(bot).at("/external/reports").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"form", "json", "raw"})
    void freqtradesOwnSenderIsUnderstood(String format) throws IOException, InterruptedException {
        assumeThat(FREQTRADE)
                .as("freqtrade is not installed: %s is missing, a virtual environment with freqtrade 2026.9", FREQTRADE)
                .isExecutable();
        var bot = register();
        var snippet = send(
                        REPLICAS.getFirst(),
                        "GET",
                        "/api/v1/ingest/freqtrade/" + bot.id() + "/configuration?format=" + format,
                        operator(),
                        null)
                .body();
        var file = Files.writeString(
                directory("freqtrade").resolve("config.json"), snippet.replace("<token>", bot.token()));

        var output =
                run(new ProcessBuilder(FREQTRADE.toString(), "src/test/python/freqtrade_sender.py", file.toString()));

        assertThat(output).doesNotContain("Could not call webhook").doesNotContain("Problem calling Webhook");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(state(bot).at("/external/reports").asInt()).isEqualTo(5));
        var state = state(bot);
        assertThat(state.at("/lifecycle/status").asText()).isEqualTo("RUNNING");
        assertThat(state.at("/external/recentReports").findValuesAsText("type"))
                .containsExactlyInAnyOrder("STATUS", "STATUS", "TRADE", "TRADE", "MESSAGE");
        assertThat(state.at("/external/recentReports")
                        .findValuesAsText("excerpt")
                        .toString())
                .contains("FTM");
    }

    @Test
    void aWebhookWithoutTheRightTokenIsRefusedAndForgotten() {
        var bot = register();
        var other = register();
        for (var replica : REPLICAS) {
            var path = "/api/v1/ingest/freqtrade/" + bot.id() + "/";

            assertThat(send(replica, "POST", path + wrong(bot), null, "{}").statusCode())
                    .isIn(401, 202);
            assertThat(send(replica, "POST", path + other.token(), null, "{}").statusCode())
                    .isEqualTo(403);
            assertThat(send(replica, "POST", path + secret("mistyped-secret"), null, "{}")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(send(replica, "PUT", path + bot.token(), null, "{}").statusCode())
                    .isEqualTo(405);
            assertThat(send(replica, "POST", path + bot.token() + "/more", null, "{}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(send(replica, "POST", path + bot.token() + "%zz", null, "{}")
                            .statusCode())
                    .isBetween(400, 499);
            assertThat(send(replica, "POST", path + bot.token(), null, "x".repeat(70_000))
                            .statusCode())
                    .isEqualTo(413);
        }
        assertThat(state(bot).at("/external/reports").asInt()).isZero();
    }

    private static Bot register() {
        var answer = await().atMost(SOON)
                .until(
                        () -> send(
                                REPLICAS.getFirst(),
                                "POST",
                                "/api/v1/external-bots",
                                operator(),
                                "{\"name\": \"reporter\", \"system\": \"freqtrade\"}"),
                        response -> response.statusCode() == 201);
        var body = json(answer.body());
        var token = body.get("token").asText();
        secret(token.substring(token.length() - 43));
        return new Bot(body.get("bot").asText(), token);
    }

    /** Of the same form, and as secret: it may be the right one with one letter mistyped. */
    private static String wrong(Bot bot) {
        return "evb_" + bot.id() + "_" + secret("WRONGsecret" + "w".repeat(32));
    }

    private static String secret(String text) {
        SECRETS.add(text);
        return text;
    }

    private static JsonNode state(Bot bot) {
        return json(send(REPLICAS.getFirst(), "GET", "/api/v1/bots/" + bot.id(), operator(), null)
                .body());
    }

    private static int save(BotServiceProcess replica, Bot bot, byte[] content) {
        var request = request(replica, "/api/v1/external-bots/" + bot.id() + "/checkpoints", bot.token())
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(content));
        return sent(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private static byte[] read(BotServiceProcess replica, Bot bot) {
        var request = request(replica, "/api/v1/external-bots/" + bot.id() + "/checkpoints/newest", bot.token());
        return sent(request.build(), BodyHandlers.ofByteArray()).body();
    }

    private static HttpResponse<String> send(
            BotServiceProcess replica, String method, String path, @Nullable String token, @Nullable String body) {
        var request = request(replica, path, token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return sent(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(BotServiceProcess replica, String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create(replica.process().url() + path.replace("%zz", "%25zz")))
                .timeout(SOON);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return CLIENT.send(request, handler);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        var output = directory("sender").resolve("output.log");
        var process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static String operator() {
        return TestIdentity.shared().token("operator");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static Path directory(String name) throws IOException {
        var all = Files.createDirectories(Path.of("target/directories").toAbsolutePath());
        return Files.createTempDirectory(all, name + "-");
    }

    private static Path tools() {
        var cache = System.getenv("XDG_CACHE_HOME");
        var home = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return home.resolve("everstate-tools");
    }
}
