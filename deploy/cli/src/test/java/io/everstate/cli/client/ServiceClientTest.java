package io.everstate.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls to a service, which is a real HTTP server here. */
class ServiceClientTest {

    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    @Timeout(20)
    void givesUpAServiceThatSendsTheHeadOfAnAnswerAndThenNothing() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().flush();
            awaitEnd(exchange);
        });

        assertUnreachable("did not answer within 0.5 s");
    }

    @Test
    @Timeout(20)
    void givesUpAServiceThatSaysNothing() {
        server.createContext("/", this::awaitEnd);

        assertUnreachable("did not answer within 0.5 s");
    }

    @Test
    void saysThatNothingAnswers() {
        server.stop(0);

        assertUnreachable("nothing answers at");
    }

    private void assertUnreachable(String sentence) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        ServiceClient client = new ServiceClient(
                HttpClient.newHttpClient(), "bot-service", base, () -> "token", Duration.ofMillis(500));

        assertThatThrownBy(() -> client.get("/api/v1/names", NAMES))
                .hasMessageContaining(sentence)
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.UNREACHABLE));
    }

    private void awaitEnd(HttpExchange exchange) {
        try (exchange) {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
