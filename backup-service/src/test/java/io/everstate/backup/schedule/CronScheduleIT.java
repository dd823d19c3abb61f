package io.everstate.backup.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.backup.testing.CronSurroundings;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The catalogue's times are changed, not waited for; what is asked for waits. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = @ResourceArg(name = "bucket", value = "cron-it"),
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = CronSurroundings.class, restrictToAnnotatedClass = true)
@Tag("BD6")
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class CronScheduleIT {
    @Inject
    Schedules schedules;

    @Inject
    CronTurns turns;

    @Inject
    DataSource database;

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType(ContentType.JSON);
    }

    private static ValidatableResponse put(String kind, String version, String body) {
        return as("operator")
                .header("If-Match", version)
                .body(body)
                .put("/api/v1/schedules/excluding/" + kind)
                .then();
    }

    private static ValidatableResponse shown() {
        return as("viewer").get("/api/v1/schedules").then().statusCode(200);
    }

    @Test
    void showsWhatTheConfigurationSays() {
        var full = "items.find { it.workspace == 'default' && it.kind == 'FULL' }";

        var next = shown().body(full + ".cron", equalTo("0 2 * * *"))
                .body(full + ".zone", equalTo("Europe/Berlin"))
                .body(full + ".why", containsString("the configuration says"))
                .body(full + ".version", equalTo(0))
                .extract()
                .<String>path(full + ".next");

        assertThat(Instant.parse(next)).isBetween(Instant.now(), Instant.now().plus(Duration.ofHours(25)));
    }

    @Test
    void isChangedByWhoKnowsWhatIsThere() {
        var path = "/api/v1/schedules/excluding/STATE_ONLY";
        var state = "items.find { it.workspace == 'excluding' && it.kind == 'STATE_ONLY' }";
        put("STATE_ONLY", "\"0\"", "{\"cron\":\"*/15 * * * *\",\"zone\":\"UTC\"}")
                .statusCode(200)
                .body("version", equalTo(1))
                .body("why", containsString("*/15 * * * * in UTC"));

        put("STATE_ONLY", "\"0\"", "{\"cron\":\"0 3 * * *\"}").statusCode(412);

        shown().body(state + ".cron", equalTo("*/15 * * * *")).body(state + ".version", equalTo(1));
        as("operator").delete(path).then().statusCode(428);
        as("operator").header("If-Match", "1").delete(path).then().statusCode(204);
        shown().body(state, nullValue());
        put("STATE_ONLY", "2", "{\"cron\":\"0 3 * * *\"}").statusCode(200).body("zone", equalTo("Europe/Berlin"));
    }

    @Test
    void refusesWhatMakesNoSense() {
        put("LOGS_ONLY", "0", "{}").statusCode(400);
        put("LOGS_ONLY", "0", "{\"cron\":\"61 2 * * *\"}").statusCode(400);
        put("LOGS_ONLY", "0", "{\"cron\":\"0 2 * * *\",\"zone\":\"Nowhere\"}").statusCode(400);
        put("NO_KIND", "0", "{\"cron\":\"0 2 * * *\"}").statusCode(404);
        as("operator")
                .header("If-Match", "0")
                .body("{\"cron\":\"0 2 * * *\"}")
                .put("/api/v1/schedules/nowhere/FULL")
                .then()
                .statusCode(404);
        as("operator")
                .body("{\"cron\":\"0 2 * * *\"}")
                .put("/api/v1/schedules/excluding/FULL")
                .then()
                .statusCode(428);
        as("viewer")
                .header("If-Match", "0")
                .body("{\"cron\":\"0 2 * * *\"}")
                .put("/api/v1/schedules/excluding/FULL")
                .then()
                .statusCode(403);
    }

    /** Ten nights long nothing ran; then several replicas look at once. */
    @Test
    void makesUpForWhatItMissedOnceAndNotWhileAnotherWaits() throws Exception {
        put("CONFIG_ONLY", "0", "{\"cron\":\"0 2 * * *\"}").statusCode(200);
        takeFromManySides();
        assertThat(taken()).isEmpty();

        miss();
        takeFromManySides();
        assertThat(taken())
                .hasSize(1)
                .allMatch(text -> text.matches("Scheduled backup - \\d{4}-\\d\\d-\\d\\d 0[01]:00"));

        put("CONFIG_ONLY", "1", "{\"cron\":\"0 3 * * *\"}").statusCode(200);
        miss();
        takeFromManySides();
        assertThat(taken()).as("that one waits").hasSize(1);
    }

    /** Five minutes after it failed, ten after it failed again, and so on four times in all. */
    @Test
    void triesOneThatFailedAgainAndNotForEver() throws Exception {
        var night = "items.find { it.workspace == 'default' && it.kind == 'STATE_ONLY' }";
        var schedule =
                CronSchedule.of("default", BackupKind.STATE_ONLY, "0 0 1 1 *", ZoneOffset.UTC, Duration.ZERO, "a test");
        schedules.change("default", BackupKind.STATE_ONLY, 0, schedule, "a test");
        change("update schedule set last_time = last_time - interval '2 years' where id = 'default:STATE_ONLY'");

        for (var number = 1; number <= 4; number++) {
            takeFromManySides(schedule);
            assertThat(taken("default")).as("try %d", number).hasSize(number);
            fail(number * 100);
            takeFromManySides(schedule);
            assertThat(taken("default")).as("too early for try %d", number + 1).hasSize(number);
            shown().body(night + ".why", containsString("failed %d of 4 times".formatted(number)));
            fail((5 << number) * 60);
        }
        takeFromManySides(schedule);

        assertThat(taken("default")).hasSize(4);
        shown().body(night + ".why", containsString("is not tried again: the test says so"));
    }

    /** How long ago the newest one failed. */
    private void fail(int seconds) throws SQLException {
        change("""
                update backup set status = 'FAILED', failure = 'the test says so', finished_at = now() - interval '%d seconds'
                 where id = (select id from backup where workspace = 'default' order by id desc limit 1)""".formatted(seconds));
    }

    @Test
    void judgesTheAgeOfBackupsByTheExpression() {
        var tooOld = as("viewer")
                .get("/api/v1/workspaces/default/protection")
                .then()
                .statusCode(200)
                .extract()
                .<Integer>path("tooOldAfterSeconds");

        assertThat(Duration.ofSeconds(tooOld)).isBetween(Duration.ofHours(46), Duration.ofHours(50));
    }

    private void takeFromManySides() throws InterruptedException {
        takeFromManySides(schedules.find("excluding", BackupKind.CONFIG_ONLY).orElseThrow());
    }

    private void takeFromManySides(CronSchedule schedule) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var takes = Stream.<Callable<Object>>generate(() -> Executors.callable(() -> turns.take(schedule)))
                    .limit(4)
                    .toList();
            assertThat(threads.invokeAll(takes))
                    .allSatisfy(take -> assertThat(take.get()).isNull());
        }
    }

    private static List<String> taken() {
        return taken("excluding");
    }

    private static List<String> taken(String workspace) {
        return as("viewer")
                .queryParam("workspace", workspace)
                .get("/api/v1/backups")
                .then()
                .statusCode(200)
                .extract()
                .path("items.description");
    }

    private void miss() throws SQLException {
        change("update schedule set last_time = last_time - interval '10 days' where id = 'excluding:CONFIG_ONLY'");
    }

    private void change(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
