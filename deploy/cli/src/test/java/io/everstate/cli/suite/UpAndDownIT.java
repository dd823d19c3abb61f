package io.everstate.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.console.Json;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.PortName;
import io.everstate.cli.supervision.PidFile;
import io.everstate.contracts.supervision.ServiceView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One life of a suite with the real platform, step by step: starting it takes seconds, so the tests share it in this order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpAndDownIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Everstate everstate;
    private Process up;

    UpAndDownIT(@TempDir Path directory) {
        everstate = Everstate.in(directory);
        up = everstate.startUp();
    }

    @BeforeAll
    void awaitReadiness() {
        await().atMost(Everstate.PATIENCE)
                .untilAsserted(() -> assertThat(everstate.upOutput()).contains("is ready after"));
    }

    @AfterAll
    void endAll() {
        up.destroyForcibly();
        everstate.endAll();
    }

    @Test
    @Order(1)
    void saysWhereEverythingIs() {
        assertThat(everstate.upOutput())
                .contains("http://127.0.0.1:" + everstate.ports().of(PortName.BOT_SERVICE))
                .containsPattern(
                        " {2}alerts +kept in recovery-service only; set EVERSTATE_ALERTS_WEBHOOK_URL for a chat")
                .contains(everstate.data().token("operator").toString())
                .contains(everstate.data().root().toString());
    }

    @Test
    @Order(1)
    void keepsTokensAndKeysForTheirOwnerOnly() throws IOException {
        try (var files = Files.list(everstate.data().identity())) {
            assertThat(files.filter(file -> !file.endsWith("public-key.pem")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    @Order(1)
    void showsEveryProcessAsUp() {
        assertThat(services())
                .extracting(ServiceView::name)
                .containsExactly("platform", "bot-service", "state-service", "backup-service", "recovery-service");
        assertThat(services()).extracting(ServiceView::state).containsOnly(ServiceView.State.UP);
    }

    @Test
    @Order(1)
    void refusesASecondSupervisorOnTheSameData() {
        var second = everstate.run(everstate.upArguments().toArray(String[]::new));

        assertThat(second.exitCode()).isEqualTo(6);
        assertThat(second.output()).contains("already runs").contains("pid " + up.pid());
        assertThat(services()).extracting(ServiceView::state).containsOnly(ServiceView.State.UP);
    }

    @Test
    @Order(1)
    void refusesPortsThatAreTakenAndLeavesNothingRunning() {
        var other = everstate.with(new DataDirectory(everstate.outputs().resolve("other-data")));

        var refused = other.run(other.upArguments().toArray(String[]::new));

        assertThat(refused.exitCode()).isEqualTo(6);
        assertThat(refused.output())
                .contains("port " + everstate.ports().of(PortName.KAFKA) + " for kafka is taken")
                .contains("--port kafka=");
        assertThat(other.processes()).isEmpty();
    }

    @Test
    @Order(1)
    void answersAWrongTokenWith401AndAWrongRoleWith403() throws Exception {
        assertThat(restart("nonsense")).isEqualTo(401);
        assertThat(restart(Files.readString(everstate.data().token("viewer")).strip()))
                .isEqualTo(403);

        var denied = everstate.run(Map.of("EVERSTATE_TOKEN", "nonsense"), "status");

        assertThat(denied.exitCode()).isEqualTo(4);
        assertThat(denied.output()).contains("does not accept the token");
    }

    @Test
    @Order(2)
    void startsAKilledServiceAgainAndTellsHowItEnded() {
        var before = service("state-service");
        ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var now = service("state-service");
            assertThat(now.state()).isEqualTo(ServiceView.State.UP);
            assertThat(now.pid()).isNotEqualTo(before.pid());
            assertThat(now.restarts()).isEqualTo(1);
            assertThat(now.crashes()).isEqualTo(1);
        });
        assertThat(everstate.upOutput()).contains("state-service (pid " + before.pid() + ") ended with code 137");
    }

    @Test
    @Order(2)
    void leavesAKilledBotServiceToRecoveryFirstAndStartsItAtOnceWhenAsked() throws Exception {
        var before = service("bot-service");
        ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
        await().untilAsserted(() -> {
            var now = service("bot-service");
            assertThat(now.state()).isEqualTo(ServiceView.State.DOWN);
            assertThat(now.exitCode()).isEqualTo(137);
        });

        assertThat(restart(Files.readString(everstate.data().token("operator")).strip()))
                .isEqualTo(202);

        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> assertThat(service("bot-service").state()).isNotEqualTo(ServiceView.State.DOWN));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(service("bot-service").state()).isEqualTo(ServiceView.State.UP));
    }

    @Test
    @Order(2)
    void tellsARestartThatWasAskedForFromACrash() throws Exception {
        var before = service("bot-service");

        assertThat(restart(Files.readString(everstate.data().token("operator")).strip()))
                .isEqualTo(202);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var now = service("bot-service");
            assertThat(now.state()).isEqualTo(ServiceView.State.UP);
            assertThat(now.pid()).isNotEqualTo(before.pid());
            assertThat(now.restarts()).isEqualTo(before.restarts() + 1);
            assertThat(now.crashes()).isEqualTo(before.crashes());
        });
    }

    @Test
    @Order(3)
    void takesOverFromAKilledSupervisorWithoutTouchingOthers() throws Exception {
        var left = services().stream().map(ServiceView::pid).toList();
        var stranger = new ProcessBuilder("sleep", "600").start();
        Files.writeString(
                everstate.data().pidFile("recovery-service"),
                stranger.pid() + "\n" + System.currentTimeMillis() + "\n-Deverstate.process=recovery-service@x\n");
        up.destroyForcibly().waitFor();
        var recovery = ProcessHandle.of(left.getLast()).orElseThrow();

        assertThat(left)
                .allSatisfy(
                        pid -> assertThat(ProcessHandle.of(pid).orElseThrow().isAlive())
                                .isTrue());
        assertThat(everstate.run("status").output()).contains("the supervisor").contains("is gone, but");
        recovery.destroyForcibly(); // its pid file was overwritten above, so nobody else ends it
        recovery.onExit().get(10, TimeUnit.SECONDS);
        up = everstate.up();

        assertThat(everstate.upOutput()).contains("left behind by an earlier `up` that was killed");
        assertThat(left).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
        assertThat(stranger.isAlive()).isTrue();
        assertThat(services()).extracting(ServiceView::state).containsOnly(ServiceView.State.UP);
        stranger.destroyForcibly();
    }

    @Test
    @Order(4)
    void leavesNoProcessBehindWhenToldToGoDown() throws Exception {
        var down = everstate.run("down");

        assertThat(down.exitCode()).as(down.output()).isZero();
        assertThat(up.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(everstate.processes()).isEmpty();
        assertThat(everstate.upOutput())
                .containsSubsequence(
                        "recovery-service stopped", "bot-service stopped", "state-service stopped", "platform stopped");
        assertThat(everstate.run("down").exitCode()).isEqualTo(3);
        assertThat(everstate.run("status").exitCode()).isEqualTo(3);
        assertThat(PidFile.read(everstate.data().pidFile("platform"))).isEmpty();
    }

    @Test
    @Order(5)
    void endsWhatAKilledSupervisorAndAKilledPlatformLeft() throws Exception {
        up = everstate.up();
        long platform = service("platform").pid();
        up.destroyForcibly().waitFor();
        var killed = ProcessHandle.of(platform).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().get(10, TimeUnit.SECONDS);

        var down = everstate.run("down");

        assertThat(down.exitCode()).as(down.output()).isZero();
        assertThat(everstate.processes()).isEmpty();
    }

    @Test
    @Order(6)
    void namesTheOnePortThatIsTaken() throws IOException {
        try (var taken =
                new ServerSocket(everstate.ports().of(PortName.SUPERVISOR), 1, InetAddress.getLoopbackAddress())) {
            var refused = everstate.run(everstate.upArguments().toArray(String[]::new));

            assertThat(refused.exitCode()).isEqualTo(6);
            assertThat(refused.output()).contains("port " + taken.getLocalPort() + " for supervisor is taken");
        }
    }

    private int restart(String token) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + everstate.ports().of(PortName.SUPERVISOR)
                + "/api/v1/services/bot-service/restart");
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private ServiceView service(String name) {
        return services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<ServiceView> services() {
        var status = everstate.run("status", "--json");
        try {
            return Json.MAPPER.readValue(status.output(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new AssertionError(status.output(), e);
        }
    }
}
