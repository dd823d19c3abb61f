package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two replicas as real processes, each with 128 MB of heap, and large documents through both of them. */
class LargeDocumentsProcessIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static final List<BotServiceProcess> REPLICAS = new ArrayList<>();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Path files = Path.of("target/directories");

    /** A registered bot. */
    private record Bot(String id, String token) {
        String checkpoints() {
            return "/api/v1/external-bots/" + id + "/checkpoints";
        }
    }

    @BeforeAll
    static void start() throws IOException {
        files = Files.createTempDirectory(Files.createDirectories(files), "large-")
                .toAbsolutePath();
        var platform = ProcessPlatform.start(PlatformOptions.in(files.resolve("platform"))
                .ports(Ports.free())
                .secrets(Secrets.generate()));
        OPEN.add(platform);
        for (var name : List.of("one", "two")) {
            var replica = BotServiceProcess.startWithStorage(platform, name, files.resolve(name));
            REPLICAS.add(replica);
            OPEN.addFirst(replica);
        }
        await().atMost(SOON).untilAsserted(() -> {
            for (var replica : REPLICAS) {
                assertThat(get(replica, "/api/v1/partitions", operator())).contains("epoch");
            }
        });
    }

    @AfterAll
    static void stop() throws Exception {
        for (var open : OPEN) {
            open.close();
        }
    }

    @Test
    @Tag("EC3")
    void everyReplicaTakesAndGivesThemWhoeverOwnsTheBot() throws Exception {
        for (var bot : IntStream.range(0, 4).mapToObj(_ -> register()).toList()) {
            for (var taking : REPLICAS) {
                var content = bytes(3 << 20, bot.hashCode());
                assertThat(save(taking, bot, content)).isEqualTo(201);
                for (var giving : REPLICAS) {
                    assertThat(hashOfNewest(giving, bot)).isEqualTo(DocumentStore.sha256(content));
                }
            }
            assertThat(save(REPLICAS.getFirst(), new Bot(bot.id(), wrong(bot)), bytes(3 << 20, 1)))
                    .isEqualTo(401);
            assertThat(save(REPLICAS.getLast(), new Bot(bot.id(), wrong(bot)), bytes(3 << 20, 1)))
                    .isEqualTo(401);
        }
    }

    /** Twice what the heap is: held in memory they would end the process. */
    @Test
    void eightOfThirtyTwoMegabytesAtOnceNeedNoHeapInProportion() throws Exception {
        var content = bytes(32 << 20, 32);
        var hash = DocumentStore.sha256(content);
        var bots = IntStream.range(0, 8).mapToObj(_ -> register()).toList();
        var replica = REPLICAS.getFirst();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var saved = threads.invokeAll(bots.stream()
                    .<Callable<Integer>>map(bot -> () -> save(replica, bot, content))
                    .toList());
            for (var answer : saved) {
                assertThat(answer.get()).isEqualTo(201);
            }
            var read = threads.invokeAll(bots.stream()
                    .<Callable<String>>map(bot -> () -> hashOfNewest(replica, bot))
                    .toList());
            for (var answer : read) {
                assertThat(answer.get()).isEqualTo(hash);
            }
        }

        assertThat(replica.process().isAlive()).isTrue();
        assertThat(Files.readString(replica.process().log())).doesNotContain("OutOfMemory");
    }

    @Test
    void aReplicaThatIsKilledWhileItTakesOneLeavesNothing() throws Exception {
        var bot = register();
        var first = bytes(2 << 20, 2);
        assertThat(save(REPLICAS.getFirst(), bot, first)).isEqualTo(201);
        var dying = REPLICAS.getLast().process();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), dying.httpPort())) {
            sendHalf(socket, bot);

            dying.kill();
        }

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(hashOfNewest(REPLICAS.getFirst(), bot)).isEqualTo(DocumentStore.sha256(first)));
        try (var left = Files.list(Files.createDirectories(files.resolve("two/documents")))) {
            assertThat(left.toList()).isEmpty();
        }
        dying.restart();
        assertThat(save(REPLICAS.getLast(), bot, bytes(2 << 20, 3))).isEqualTo(201);
    }

    /** Whoever owns the bot: the owner is asked before anybody waits for a byte. */
    @Test
    void aForgedTokenIsRefusedBeforeTheFirstByte() throws IOException {
        var forged = new Bot(UUID.randomUUID().toString(), "");
        for (var replica : REPLICAS) {
            try (var socket = new Socket(
                    InetAddress.getLoopbackAddress(), replica.process().httpPort())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream()
                        .write(("POST " + forged.checkpoints() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b\r\n"
                                        + "Content-Length: 1000\r\nAuthorization: Bearer " + wrong(forged) + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));

                assertThat(socket.getInputStream().readNBytes(12))
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("HTTP/1.1 401");
            }
        }
    }

    private static void sendHalf(Socket socket, Bot bot) throws IOException {
        var out = socket.getOutputStream();
        out.write(("POST " + bot.checkpoints() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b\r\n"
                        + "Content-Length: 8388608\r\nAuthorization: Bearer " + bot.token() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes(4 << 20, 4));
        out.flush();
    }

    private static Bot register() {
        var answer = await().atMost(SOON)
                .until(
                        () -> sent(
                                request(REPLICAS.getFirst(), "/api/v1/external-bots", operator())
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString("{\"name\": \"large\", \"system\": \"python\"}"))
                                        .build(),
                                BodyHandlers.ofString()),
                        response -> response.statusCode() == 201);
        var body = json(answer.body());
        return new Bot(body.get("bot").asText(), body.get("token").asText());
    }

    private static String wrong(Bot bot) {
        return "evb_" + bot.id() + "_" + "w".repeat(43);
    }

    private static int save(BotServiceProcess replica, Bot bot, byte[] content) {
        return sent(
                        request(replica, bot.checkpoints(), bot.token())
                                .header("Content-Type", "application/octet-stream")
                                .POST(BodyPublishers.ofByteArray(content))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    /** Of the bytes that come, not what the header says; which must say the same. */
    private static String hashOfNewest(BotServiceProcess replica, Bot bot) throws IOException {
        var answer = sent(
                request(replica, bot.checkpoints() + "/newest", bot.token()).build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(answer.statusCode()).isEqualTo(200);
            var digest = DocumentStore.digest();
            var buffer = new byte[1 << 16];
            for (var count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            var hash = HexFormat.of().formatHex(digest.digest());
            assertThat(answer.headers().firstValue("ETag")).contains("\"" + hash + "\"");
            return hash;
        }
    }

    private static String get(BotServiceProcess replica, String path, String token) {
        return sent(request(replica, path, token).build(), BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(BotServiceProcess replica, String path, String token) {
        return HttpRequest.newBuilder(replica.process().url().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
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

    private static byte[] bytes(int length, long seed) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
