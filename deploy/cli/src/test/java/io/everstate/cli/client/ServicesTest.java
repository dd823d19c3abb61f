package io.everstate.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.cli.client.Bots.Actions;
import io.everstate.cli.client.Bots.RestoreOf;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.view.StateRestoreRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How long the commands wait for services, which are a real HTTP server here. */
class ServicesTest {
    private static final String QUESTION = "/api/v1/question";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch backedUp = new CountDownLatch(1);

    @TempDir
    private Path directory;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::refuseWhenBackedUp);
        server.start();
    }

    @AfterEach
    void stop() {
        backedUp.countDown();
        server.stop(0);
    }

    private void refuseWhenBackedUp(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(QUESTION)) {
                asked.countDown();
            }
            backedUp.await();
            exchange.sendResponseHeaders(409, 0);
            exchange.getResponseBody().write("no".getBytes(UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Services services() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        Map<String, String> environment = Map.of(
                "EVERSTATE_URL_BOT_SERVICE", url, "EVERSTATE_URL_STATE_SERVICE", url, "EVERSTATE_TOKEN", "token");
        return new Services(new DataDirectory(directory), environment, Duration.ofMillis(500));
    }

    private static Arguments change(String name, Consumer<Services> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> changes() {
        Imports.File file = new Imports.File("a.json", "e30=", null, null, null, Map.of(), null, false);
        StateRestoreRequest toNewest = new StateRestoreRequest("newest", null, null, null, null, null, false, false);
        return Stream.of(
                change("import", services -> new Imports(services).take(file, false)),
                change("restore of states", services -> new Snapshots(services).request(toNewest)),
                change("snapshot", services -> new Snapshots(services).take("FULL")),
                change("skip", services -> new Watch(services).skip("one", "a test")),
                change("start", services -> new Bots(services).start("one")),
                change("delete", services -> new Bots(services).delete("one")),
                change(
                        "restore of a bot",
                        services -> new Bots(services).restore("one", new RestoreOf(null, null), false)),
                change("start of many", services -> new Bots(services).act(new Actions("START", ""))));
    }

    /** Who gives up before does not learn whether it was done. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    @Timeout(60)
    void waitLongerForWhatIsDoneBehindABackup(String name, Consumer<Services> change) throws Exception {
        Services services = services();
        CompletableFuture<Void> changed =
                CompletableFuture.runAsync(() -> change.accept(services), Executors.newVirtualThreadPerTaskExecutor());
        asked.await();

        assertFails(
                ExitCode.UNREACHABLE,
                () -> services.of(ServiceName.STATE).get(QUESTION, new TypeReference<List<String>>() {}));
        backedUp.countDown();

        assertThatThrownBy(changed::get)
                .cause()
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.REFUSED));
    }

    private static void assertFails(ExitCode expected, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(expected));
    }
}
