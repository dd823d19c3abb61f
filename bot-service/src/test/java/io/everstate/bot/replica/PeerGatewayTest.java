package io.everstate.bot.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.bot.ownership.OwnershipConfiguration;
import io.everstate.bot.replica.PeerGateway.Forward;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SampleJson;
import io.everstate.bot.sample.SampleProof;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.smallrye.reactive.messaging.kafka.Record;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests to other replicas, which are real HTTP servers here. */
class PeerGatewayTest {
    private static final int PARTITION = 4;
    private static final byte[] BODY = "{\"name\":\"one\"}".getBytes(StandardCharsets.UTF_8);
    private static final Forward POST = new Forward("POST", "/api/v1/bots", "Bearer token", "key", null, BODY);
    private static final Forward GET = new Forward("GET", "/api/v1/bots/1", "Bearer token", null, null, null);

    private final OwnerHints hints = new OwnerHints(
            SampleConfiguration.of(OwnershipConfiguration.class, Map.of()), new RecordingEmitter(), new SampleJson());
    private final PeerGateway gateway = gateway("30S");
    private final PeerGateway impatient = gateway("300MS");
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private long epoch;

    @AfterEach
    void stop() {
        end.countDown();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void passesTheRequestOnWithTheCallersTokenAndMarksIt() throws IOException {
        hint(serve(exchange -> {
            var headers = exchange.getRequestHeaders();
            asked.add("%s %s %s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            headers.getFirst("Authorization"),
                            headers.getFirst("Idempotency-Key"),
                            headers.getFirst(PeerGateway.HOP),
                            text(exchange)));
            return 201;
        }));

        var answer = gateway.call(PARTITION, POST);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(asked).containsExactly("POST /api/v1/bots Bearer token key a replica {\"name\":\"one\"}");
    }

    @Test
    void aQuestionShowsNobodyWhatProvesAReplica() throws IOException {
        hint(serve(exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst(PeerGateway.HOP));
            return 200;
        }));

        gateway.call(PARTITION, GET);

        assertThat(asked).containsExactly("1");
    }

    @Test
    void theOwnersRefusalIsTheAnswer() throws IOException {
        hint(serve(_ -> 409));

        assertThat(gateway.call(PARTITION, POST).statusCode()).isEqualTo(409);
    }

    @Test
    void aWrongHintCostsOneRetry() throws IOException {
        var owner = serve(_ -> 200);
        hint(serve(exchange -> {
            asked.add("wrong");
            exchange.getResponseHeaders().add(PeerGateway.NOT_OWNER, "1");
            hint(owner);
            return 503;
        }));

        var answer = gateway.call(PARTITION, POST);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(asked).containsExactly("wrong");
    }

    @Test
    void twoWrongHintsAreUnavailable() throws IOException {
        hint(serve(exchange -> {
            asked.add("wrong");
            exchange.getResponseHeaders().add(PeerGateway.NOT_OWNER, "1");
            return 503;
        }));

        assertProblem(gateway, POST, ProblemType.UNAVAILABLE);
        assertThat(asked).hasSize(2);
    }

    @Test
    void anotherTroubleOfTheOwnerIsItsAnswer() throws IOException {
        hint(serve(_ -> {
            asked.add("asked");
            return 503;
        }));

        assertThat(gateway.call(PARTITION, POST).statusCode()).isEqualTo(503);
        assertThat(asked).hasSize(1);
    }

    @Test
    void withoutAHintItIsUnavailable() {
        assertProblem(gateway, POST, ProblemType.UNAVAILABLE);
    }

    @Test
    void whatWasNotReachedDidNotHappen() throws IOException {
        hint("http://127.0.0.1:" + closedPort());

        assertProblem(gateway, POST, ProblemType.UNAVAILABLE);
    }

    @Test
    void whatWasSentAndNotAnsweredMayHaveHappened() throws IOException {
        hint(serve(this::neverAnswer));

        assertProblem(impatient, POST, ProblemType.OUTCOME_UNKNOWN);
    }

    @Test
    void aQuestionThatWasNotAnsweredChangedNothing() throws IOException {
        hint(serve(this::neverAnswer));

        assertProblem(impatient, GET, ProblemType.UNAVAILABLE);
    }

    @Test
    @Timeout(20)
    void anAnswerWhoseBodyStallsIsNone() throws IOException {
        hint(serveHalfAnswers());

        assertProblem(impatient, POST, ProblemType.OUTCOME_UNKNOWN);
    }

    private PeerGateway gateway(String timeout) {
        return new PeerGateway(
                hints,
                new SampleProof("a replica"),
                SampleConfiguration.of(ReplicaConfiguration.class, Map.of("everstate.replica.timeout", timeout)));
    }

    private static void assertProblem(PeerGateway gateway, Forward forward, ProblemType type) {
        assertThatThrownBy(() -> gateway.call(PARTITION, forward))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(type));
    }

    private int neverAnswer(HttpExchange exchange) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 200;
    }

    private void hint(String address) {
        var json = "{\"epoch\":%d,\"address\":\"%s\"}".formatted(++epoch, address);
        hints.hear(Record.of(Integer.toString(PARTITION), json.getBytes(StandardCharsets.UTF_8)));
    }

    private String serveHalfAnswers() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().flush();
            neverAnswer(exchange);
        });
        return started(server);
    }

    private String serve(Function<HttpExchange, Integer> answer) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(answer.apply(exchange), -1);
            exchange.close();
        });
        return started(server);
    }

    private String started(HttpServer server) {
        server.start();
        servers.add(server);
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String text(HttpExchange exchange) {
        try {
            return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
