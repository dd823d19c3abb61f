package io.everstate.state.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.ManyBots;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million trades of one bot, asked for on a plain connection. */
@Tag("PT15")
class TradesReceiverIT {
    private static final int TRADES = 1_000_000;
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WAITING_BYTES = 4_096;
    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";
    private static final double MEGABYTE = 1024 * 1024;
    private static final Logger LOG = System.getLogger(TradesReceiverIT.class.getName());

    private static TestLog log;
    private static ServiceProcess process;
    private static String bot;

    @BeforeAll
    static void start() {
        var database = TestDatabase.withTables();
        bot = new ManyBots(database).fill(1, TRADES).ids("id").getFirst();
        log = TestLog.fresh(1);
        process = ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("quarkus.http.idle-timeout", IDLE)
                .start();
    }

    @AfterAll
    static void stop() {
        process.kill();
        log.close();
    }

    /** Asks, and has read nothing yet. */
    private static Socket asked() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(WAITING_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), process.httpPort()));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        var request = """
            GET /api/v1/bots/%s/trades.csv HTTP/1.1\r
            Host: 127.0.0.1\r
            Authorization: Bearer %s\r
            Connection: close\r
            \r
            """.formatted(bot, TestIdentity.shared().token("viewer"));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** That are open to who asks; one that nobody uses is let go too. */
    private static double connections() {
        return new StateApi(process)
                .metric("http_server_active_connections{server_port=\"%d\"".formatted(process.httpPort()));
    }

    private static HttpRequest question() {
        return HttpRequest.newBuilder(process.url().resolve("/api/v1/bots/" + bot + "/trades.csv"))
                .header("Authorization", "Bearer " + TestIdentity.shared().token("viewer"))
                .build();
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void whoReadsGetsAllOfThemAndTheServiceHoldsFew() throws IOException, InterruptedException {
        var api = new StateApi(process);
        var trades = 0;
        var highest = 0.0;
        String last = "";
        try (var client = HttpClient.newHttpClient();
                var lines = client.send(question(), BodyHandlers.ofLines()).body()) {
            for (var line : (Iterable<String>) lines::iterator) {
                if (line.contains(",BTC/USD,")) {
                    trades++;
                    last = line;
                    if (trades % 50_000 == 0) {
                        assertThat(connections()).isPositive();
                        highest = Math.max(highest, api.metric(HEAP));
                    }
                }
            }
        }

        LOG.log(Level.INFO, "highest heap with a million trades: {0} MB", highest / MEGABYTE);
        assertThat(trades).isEqualTo(TRADES);
        assertThat(last).startsWith(Integer.toString(2 + TRADES));
        assertThat(highest).as("bytes, of at most 128 MB").isBetween(MEGABYTE, 128 * MEGABYTE);
    }

    @Test
    void whoStopsReadingIsLetGo() throws IOException {
        try (var socket = asked();
                var lines = reader(socket)) {
            assertThat(lines.readLine()).contains("200");
            // and not before: how soon the ways between the two are full, behind which nothing more is sent, nobody
            // knows
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connections()).isZero());

            assertThat(rest(lines)).as("what was under way by then").isLessThan(TRADES / 2);
        }
        assertThat(process.isAlive()).isTrue();
        new StateApi(process).get("/api/v1/bots/" + bot + "/trades?limit=1").statusCode(200);
    }

    /** What had been sent by then. */
    private static long rest(BufferedReader lines) throws IOException {
        var count = 0L;
        try {
            while (lines.readLine() != null) {
                count++;
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        return count;
    }
}
