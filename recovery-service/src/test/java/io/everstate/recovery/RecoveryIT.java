package io.everstate.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.recovery.AlertView;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView;
import io.everstate.contracts.recovery.RunView;
import io.everstate.contracts.recovery.RunView.Status;
import io.everstate.contracts.recovery.RunView.StepStatus;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.recovery.world.World;
import io.everstate.recovery.world.WorldServers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** recovery-service as a real process on a real platform, the other services behind their real addresses. */
class RecoveryIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private World world;
    private WorldServers servers;
    private ChatServer chat;
    private ServiceProcess service;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        world = World.healthy(Clock.systemUTC());
        servers = new WorldServers(world, Map.of());
        chat = new ChatServer();
        Database database = TestPlatform.shared().newDatabase();
        service = ServiceProcess.of("recovery-service")
                .configuration(TestPlatform.shared().configuration())
                .configuration(servers.configuration())
                .set("quarkus.datasource.jdbc.url", database.url())
                .set("quarkus.datasource.username", database.user())
                .set("quarkus.datasource.password", database.password())
                .set("everstate.detection.interval", "PT0.5S")
                .set("everstate.alerts.webhook-url", chat.url())
                .set("everstate.alerts.interval", "PT0.1S")
                .start();
        api = new Api(service.url());
    }

    @AfterEach
    void stop() {
        service.close();
        servers.close();
        chat.close();
    }

    private RunView ended(DisasterType type) {
        return await().atMost(SOON)
                .until(
                        () -> api.newest(type),
                        run -> run.filter(found -> found.status() != Status.RUNNING)
                                .isPresent())
                .orElseThrow();
    }

    @Test
    @Tag("BD10")
    @Tag("DC3")
    void bringsACrashedServiceBackAndSeesItsBotsGoOn() {
        var before = world.running();

        servers.kill("bot-service");
        var run = ended(DisasterType.SYSTEM_CRASH);

        assertThat(run.status()).as(run.toString()).isEqualTo(Status.COMPLETED);
        assertThat(run.subject()).isEqualTo("bot-service");
        assertThat(run.estimatedMinutes()).isEqualTo(30);
        assertThat(run.steps()).hasSize(7).allMatch(step -> step.status() == StepStatus.DONE);
        assertThat(world.processes.restarts()).containsExactly("bot-service");
        assertThat(before).containsAll(world.running()).hasSize(3);
        assertThat(world.running())
                .as("the bot with policy MANUAL stays stopped")
                .hasSize(2);
        assertThat(world.archive.restoredPaths()).as("nothing was damaged").isEmpty();
        assertThat(api.disasters()).singleElement().satisfies(disaster -> {
            assertThat(disaster.severity()).isEqualTo(8);
            assertThat(disaster.runId()).isEqualTo(run.id());
            assertThat(disaster.evidence())
                    .extracting(DisasterView.Evidence::signal)
                    .hasSize(2);
        });
    }

    @Test
    @Tag("BD10")
    @Tag("DC3")
    void restoresAnEmptiedStateFileAndALostConfigurationAndNothingElse() {
        var running = world.running();
        var config = world.archive.content(World.CONFIG_FILE).orElseThrow();
        world.archive.write(World.STATE_FILE, "");
        world.archive.delete(World.CONFIG_FILE);

        var corruption = ended(DisasterType.DATA_CORRUPTION);
        var loss = ended(DisasterType.CONFIG_LOSS);

        assertThat(corruption.status()).as(corruption.toString()).isEqualTo(Status.COMPLETED);
        assertThat(loss.status()).as(loss.toString()).isEqualTo(Status.COMPLETED);
        assertThat(corruption.steps()).hasSize(6);
        assertThat(loss.steps()).hasSize(4);
        assertThat(world.archive.content(World.STATE_FILE)).contains("{\"state\":1}");
        assertThat(world.archive.content(World.CONFIG_FILE)).contains(config);
        assertThat(world.archive.restoredPaths().stream().flatMap(paths -> paths.stream()))
                .doesNotContain(World.SECRETS_FILE);
        assertThat(world.running()).containsExactlyInAnyOrderElementsOf(running);
    }

    @Test
    @Tag("BD13")
    void tellsPeopleOfTheDisasterWithItsTypeAndOfTheRecovery() {
        world.archive.delete(World.CONFIG_FILE);
        var run = ended(DisasterType.CONFIG_LOSS);

        await().atMost(SOON).untilAsserted(() -> assertThat(chat.received()).hasSize(2));

        var detected = chat.received().getFirst();
        assertThat(detected.get("kind").textValue()).isEqualTo("disaster-detected");
        assertThat(detected.get("severity").textValue()).isEqualTo("critical");
        assertThat(detected.get("text").textValue()).contains("CONFIG_LOSS").contains(World.CONFIG_FILE);
        assertThat(chat.received().getLast().get("kind").textValue()).isEqualTo("recovery-finished");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.alerts())
                        .hasSize(2)
                        .allMatch(alert -> alert.delivery() == AlertView.Delivery.SENT));
        assertThat(run.status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    @Tag("BD10")
    void goesOnWithTheUnfinishedStepAfterItWasKilledInTheMiddleOfARun() {
        var running = world.running();
        world.archive.restoreSlowly(Integer.MAX_VALUE);
        world.archive.write(World.STATE_FILE, "");
        await().atMost(SOON).until(() -> !world.archive.restores().isEmpty());
        assertThat(world.running()).as("stopped by the run").isEmpty();

        service.kill();
        world.archive.finishRestores();
        service.restart();
        var run = ended(DisasterType.DATA_CORRUPTION);

        assertThat(run.status()).as(run.toString()).isEqualTo(Status.COMPLETED);
        assertThat(world.archive.restores())
                .as("the restore was not asked for twice")
                .hasSize(1);
        assertThat(world.running()).containsExactlyInAnyOrderElementsOf(running);
        assertThat(api.runs()).hasSize(1);
    }

    @Test
    void looksAtOnceWhenAsked() {
        var well = api.check();

        assertThat(well.disasters()).isEmpty();
        assertThat(well.checked()).contains("bot-service", "workspace " + World.WORKSPACE);
    }

    @Test
    void keepsTheWebhookAddressOutOfLogAlertsAndHealth() throws IOException, InterruptedException {
        chat.close();
        world.archive.delete(World.CONFIG_FILE);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.alerts()).anyMatch(alert -> alert.lastProblem() != null));

        var health = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.managementUrl().resolve("/q/health/ready"))
                                .build(),
                        BodyHandlers.ofString());

        var secret = chat.url().getPath();
        assertThat(health.body()).contains("webhook").doesNotContain(secret);
        assertThat(api.get("/api/v1/alerts").body()).doesNotContain(secret);
        assertThat(Files.readString(service.log())).contains("is tried again").doesNotContain(secret);
    }
}
