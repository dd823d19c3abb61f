package io.everstate.state.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.contracts.view.ComponentView;
import io.everstate.contracts.view.HealthView;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.BotServiceStand;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two real replicas of state-service watch each other and everything else; the other services are not there. */
@Tag("EC11")
@Tag("EC13")
class HealthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NOWHERE = "http://127.0.0.1:1";

    private static final TestLog LOG = TestLog.fresh(2);
    private static final TestDatabase DATABASE = TestDatabase.empty();
    private static final BotServiceStand OWNERS = new BotServiceStand(_ -> null);
    private static ServiceProcess first;
    private static ServiceProcess second;
    private static StateApi api;

    @BeforeAll
    static void start() {
        first = replica("one");
        second = replica("two");
        api = new StateApi(first);
    }

    private static ServiceProcess replica(String name) {
        return ServiceProcess.of("state-service")
                .configuration(DATABASE.configuration(LOG))
                .set("everstate.projection.instance-id", name)
                .set("everstate.health.interval", "1s")
                .set("everstate.health.bots-every", "1s")
                .set("everstate.history.interval", "1s")
                .set("everstate.peers.bot-service", name.equals("two") ? OWNERS.url() : NOWHERE)
                .set("everstate.peers.bot-service-management", NOWHERE)
                .set("everstate.peers.backup-service", NOWHERE)
                .set("everstate.peers.backup-service-management", NOWHERE)
                .set("everstate.peers.recovery-service-management", second(name))
                .start();
    }

    /** The second takes the first for recovery-service, and the first nobody: one answer and none. */
    private static String second(String name) {
        return name.equals("two") ? first.managementUrl().toString() : NOWHERE;
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
        OWNERS.close();
        LOG.close();
    }

    private static HealthView health(StateApi api) {
        return api.get("/api/v1/health").statusCode(200).extract().as(HealthView.class);
    }

    private static ComponentView component(HealthView health, String id) {
        return health.components().stream()
                .filter(component -> component.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + health.components()));
    }

    @Test
    void whatDoesNotAnswerIsALowScoreWithItsReason() {
        var health = health(api);

        assertThat(health.percent()).isZero();
        assertThat(health.worst()).hasSize(3).first().asString().startsWith("bot-service does not answer");
        assertThat(component(health, "bot-service").score()).isZero();
        assertThat(component(health, "bot-service").errors()).isPositive();
        assertThat(component(health, "backup-service").reason()).startsWith("backup-service does not answer");
        assertThat(component(health, "object-storage").score()).isEqualTo(50);
        // a look that was too slow, at the start or beside other tests, lowers a score for some looks
        assertThat(component(health, "kafka").score()).isPositive();
        assertThat(component(health, "kafka").freshness()).isNotNull().isLessThan(Duration.ofSeconds(30));
        assertThat(component(health, "postgresql").score()).isPositive();
        assertThat(health.bots()).isNotNull();
        assertThat(health.nextBackup().unknown()).startsWith("backup-service does not answer");
        assertThat(health.nextSnapshot().what()).isEqualTo("FULL");
        assertThat(health.nextSnapshot().in()).isNotNull().isLessThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void everyReplicaIsAComponentAndAnswersForWhatItSeesItself() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var health = health(new StateApi(second));
            assertThat(component(health, "state-service one").score()).isEqualTo(100);
            assertThat(component(health, "state-service two").score()).isEqualTo(100);
            assertThat(component(health, "recovery-service").score()).isEqualTo(100);
            assertThat(component(health, "kafka").score()).isEqualTo(100);
        });
    }

    @Test
    void everyReplicaOfBotServiceIsAskedByItself() {
        OWNERS.of(List.of(OWNERS.url().toString(), NOWHERE));

        await().atMost(PATIENCE).untilAsserted(() -> {
            var health = health(new StateApi(second));
            assertThat(component(health, "bot-service " + OWNERS.url()).score()).isEqualTo(100);
            var lost = component(health, "bot-service " + NOWHERE);
            assertThat(lost.score()).isZero();
            assertThat(lost.reason()).startsWith("bot-service " + NOWHERE + " does not answer");
            assertThat(lost.name()).isEqualTo("bot-service");
        });
        assertThat(OWNERS.asked()).allSatisfy(asked -> {
            assertThat(asked.path()).isEqualTo("/api/v1/partitions");
            assertThat(asked.authorization()).startsWith("Bearer ");
        });
    }

    @Test
    @Tag("EC4")
    void whatWasFoundIsWrittenDownByOneReplicaAnInterval() {
        var owner = LOG.nextOwner(0);
        var bot = LOG.newBot(0);
        LOG.write(0, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        LOG.writeStrange(0, owner, bot, 3);

        await().atMost(PATIENCE)
                .untilAsserted(() -> api.get("/api/v1/components?kind=BOT&below=50")
                        .statusCode(200)
                        .body("items.id", contains(bot.toString()))
                        .body("items[0].score", equalTo(0))
                        .body("items[0].reason", containsString("it is not followed any more")));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(health(api).worst()).anyMatch(reason -> reason.contains("backup-service")));
        api.get("/api/v1/components?kind=SERVICE").statusCode(200).body("items[0].score", equalTo(0));
        api.get("/api/v1/components").statusCode(400).body("violations.field", contains("kind"));
        api.get("/api/v1/components?kind=BOT&after=x").statusCode(400);
        var fences = fence("health");
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
        assertThat(fence("health") - fences)
                .as("looks written in 5 s by two replicas")
                .isBetween(2L, 7L);
    }

    private static long fence(String lease) {
        return DATABASE.transactions().read(connection -> {
            try (var statement = connection.prepareStatement("select fence from leases where name = ?")) {
                statement.setString(1, lease);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    @Test
    void withoutTheDatabaseItSaysSo() {
        TestPlatform.shared().pause(Part.POSTGRES);
        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                var health = health(api);
                assertThat(component(health, "postgresql").score()).isZero();
                assertThat(health.worst()).contains("postgresql does not answer");
                assertThat(health.bots()).isNull();
                assertThat(health.nextSnapshot().unknown()).isEqualTo("the database does not answer");
            });
        } finally {
            TestPlatform.shared().resume(Part.POSTGRES);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(component(health(api), "postgresql").score()).isGreaterThanOrEqualTo(50));
    }

    @Test
    void answersNobodyWithoutAToken() {
        given().get(first.url().resolve("/api/v1/health")).then().statusCode(401);
    }
}
