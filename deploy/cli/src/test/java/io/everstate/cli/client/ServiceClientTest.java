package io.everstate.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.contracts.view.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls to a service, which is a real HTTP server here. */
class ServiceClientTest {

    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private static final TypeReference<Page<String>> PAGE = new TypeReference<>() {};

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

    /** @return the keys of the requests that came: the first one breaks off */
    private List<String> breakingOffOnce() {
        List<String> keys = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            try (exchange) {
                keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                if (keys.size() > 1) {
                    answer(exchange, "[\"done\"]");
                }
            }
        });
        return keys;
    }

    @Test
    @Timeout(20)
    void repeatsWhatIsDoneBehindABackupWithTheSameKeyWhenTheConnectionBreaks() {
        List<String> keys = breakingOffOnce();

        assertThat(client().patient().post("/api/v1/names", null, NAMES)).containsExactly("done");
        assertThat(keys).hasSize(2).doesNotContainNull();
        assertThat(keys.getFirst()).isEqualTo(keys.getLast());
    }

    @Test
    @Timeout(20)
    void repeatsNothingElse() {
        List<String> keys = breakingOffOnce();

        assertThatThrownBy(() -> client().post("/api/v1/names", null, NAMES))
                .hasMessageContaining("broke the connection");
        assertThat(keys).hasSize(1);
    }

    @Test
    void readsAsManyPagesAsAreWanted() {
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            try (exchange) {
                String query = exchange.getRequestURI().getQuery();
                asked.add(query);
                answer(
                        exchange,
                        query.contains("after") ? "{\"items\":[\"c\"]}" : "{\"items\":[\"a\",\"b\"],\"next\":\"4 1\"}");
            }
        });

        assertThat(client().first(2, "/api/v1/names", PAGE)).containsExactly("a", "b");
        assertThat(client().first(9, "/api/v1/names", PAGE)).containsExactly("a", "b", "c");
        assertThat(asked).containsExactly("limit=2", "limit=9", "limit=7&after=4+1");
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
    }

    private ServiceClient client() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ServiceClient(
                HttpClient.newHttpClient(), "bot-service", base, () -> "token", Duration.ofMillis(500));
    }

    private void assertUnreachable(String sentence) {
        ServiceClient client = client();

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
