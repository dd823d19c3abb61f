package io.everstate.bot.fleet;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.platform.launcher.Platform;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A bot-service as a real process, and its REST endpoint. */
public final class BotServiceProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration OWNERS = Duration.ofSeconds(30);

    private final ServiceProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    private BotServiceProcess(ServiceProcess process) {
        this.process = process;
    }

    /** An answer of the service. */
    record Answer(int status, JsonNode body) {}

    /** On a log of its own test class: whatever else reads the shared one would get partitions, and bots with them. */
    public static BotServiceProcess start(Platform platform, String instance, Path directory, double speed) {
        return start(platform.kafka(), instance, directory, speed);
    }

    static BotServiceProcess start(String bootstrapServers, String instance, Path directory, double speed) {
        return new BotServiceProcess(
                builder(bootstrapServers, instance, directory, speed).start());
    }

    /** As it is when nobody configures it away. */
    static BotServiceProcess startWithDefaultBot(Platform platform, String instance, Path directory, double speed) {
        return new BotServiceProcess(builder(platform.kafka(), instance, directory, speed)
                .set("everstate.fleet.default-arbitrage-bot", "true")
                .start());
    }

    /** With the platform's object storage. */
    public static BotServiceProcess startWithStorage(Platform platform, String instance, Path directory) {
        return startWithStorage(platform, platform.storage().endpoint(), instance, directory);
    }

    /** @param endpoint what stands before the platform's object storage */
    public static BotServiceProcess startWithStorage(Platform platform, URI endpoint, String instance, Path directory) {
        return new BotServiceProcess(builder(platform.kafka(), instance, directory, 1)
                .set("everstate.storage.endpoint", endpoint.toString())
                .set("everstate.storage.access-key", platform.storage().accessKey())
                .set("everstate.storage.secret-key", platform.storage().secretKey())
                .set(
                        "everstate.document.directory",
                        directory.resolve("documents").toString())
                .start());
    }

    /** Returns at once, whether there is a log or not. */
    static BotServiceProcess startUnready(Platform platform, String instance, Path directory, double speed) {
        return new BotServiceProcess(builder(platform.kafka(), instance, directory, speed)
                .awaitingReadiness(false)
                .start());
    }

    private static ServiceProcess.Builder builder(
            String bootstrapServers, String instance, Path directory, double speed) {
        return ServiceProcess.of("bot-service")
                .set("kafka.bootstrap.servers", bootstrapServers)
                .set(
                        "mp.jwt.verify.publickey.location",
                        TestIdentity.shared().publicKeyFile().toString())
                .set("mp.jwt.verify.issuer", "everstate")
                .set(
                        "everstate.identity.token-file",
                        TestIdentity.shared().serviceTokenFile().toString())
                .set("everstate.ownership.instance", instance)
                .set("everstate.peers.state-service", "http://127.0.0.1:1")
                .set("everstate.market.speed", Double.toString(speed))
                .set("everstate.fleet.default-arbitrage-bot", "false")
                .set(
                        "everstate.workspace.directory",
                        directory.resolve("workspace").toString())
                .set(
                        "everstate.checkpoint.directory",
                        directory.resolve("checkpoints").toString());
    }

    public ServiceProcess process() {
        return process;
    }

    /** Repeats with the same key while a partition has no owner yet, as any caller may. */
    String create(String name, String policy) {
        var key = UUID.randomUUID().toString();
        var body = """
                {"name": "%s", "strategy": "sma-cross", "symbols": ["BTC/USD"], "initialBalance": "10000",
                 "feeRate": "0", "parameters": {"fast": 2, "slow": 4}, "restartPolicy": "%s"}
                """.formatted(name, policy);
        var answer = await().atMost(OWNERS)
                .until(() -> send("POST", "/api/v1/bots", body, key), response -> response.status() != 503);
        if (answer.status() != 201) {
            throw new AssertionError("no bot was made: " + answer);
        }
        return answer.body().get("id").asText();
    }

    Answer get(String path) {
        return send("GET", path, null, null);
    }

    Answer post(String path, String body) {
        return send("POST", path, body, UUID.randomUUID().toString());
    }

    /** What Prometheus would read. */
    public String metrics() {
        var request = HttpRequest.newBuilder(process.managementUrl().resolve("/q/metrics"))
                .timeout(TIMEOUT)
                .build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Answer bot(String id) {
        return get("/api/v1/bots/" + id);
    }

    Answer act(String id, String action, String key) {
        return send("POST", "/api/v1/bots/" + id + "/" + action, null, key);
    }

    Answer act(String id, String action) {
        return act(id, action, UUID.randomUUID().toString());
    }

    Answer managed(String path) {
        return send(process.managementUrl().resolve(path), "GET", null, null);
    }

    private Answer send(String method, String path, @Nullable String body, @Nullable String key) {
        return send(process.url().resolve(path), method, body, key);
    }

    private Answer send(URI address, String method, @Nullable String body, @Nullable String key) {
        var request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + TestIdentity.shared().token("admin"))
                .header("Content-Type", "application/json")
                .method(method, body == null ? noBody() : ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            return new Answer(-1, JSON.nullNode());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
