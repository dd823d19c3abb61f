package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.StandInStateService;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.platform.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that look every second, and a backup that is to come every minute. */
@Tag("BD6")
class ScheduleReplicasIT {
    @TempDir
    Path directory;

    private final Database database = TestPlatform.shared().newDatabase();

    @Test
    void oneOfTwoTakesEachTimeAlsoWhenTheOtherIsKilled() {
        ScratchWorkspace.in(directory.resolve("workspace"));
        try (var stateService = new StandInStateService();
                var one = replica("one", stateService).start();
                var two = replica("two", stateService).start()) {
            given().auth()
                    .oauth2(TestIdentity.shared().token("operator"))
                    .contentType("application/json")
                    .header("If-Match", "0")
                    .body("{\"cron\":\"* * * * *\"}")
                    .put(one.url() + "/api/v1/schedules/default/LOGS_ONLY")
                    .then()
                    .statusCode(200);

            await().atMost(Duration.ofSeconds(100))
                    .untilAsserted(() -> assertThat(taken(two)).isNotEmpty());
            one.kill();
            await().atMost(Duration.ofSeconds(100))
                    .untilAsserted(() -> assertThat(taken(two)).hasSizeGreaterThan(1));

            assertThat(taken(two)).doesNotHaveDuplicates();
        }
    }

    /** What each is called says for which minute it was taken. */
    private static List<String> taken(ServiceProcess service) {
        return given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get(service.url() + "/api/v1/backups")
                .then()
                .statusCode(200)
                .extract()
                .path("items.description");
    }

    private ServiceProcess.Builder replica(String name, StandInStateService stateService) {
        return ServiceProcess.of("backup-service")
                .configuration(TestPlatform.shared().configuration("bucket=schedule-replicas-it"))
                .set("quarkus.datasource.jdbc.url", database.url())
                .set("quarkus.datasource.username", database.user())
                .set("quarkus.datasource.password", database.password())
                .set("everstate.peers.state-service", stateService.url())
                .set("everstate.workspaces.default.directory", directory.resolve("workspace"))
                .set("everstate.backup.spool-directory", directory.resolve("spool-" + name))
                .set("everstate.segments.enabled", "false")
                .set("everstate.schedule.at-start", "false")
                .set("everstate.schedule.full-every", "0s")
                .set("everstate.schedule.look-every", "1s")
                .set("everstate.lease.ttl", "3s")
                .set("everstate.lease.heartbeat", "1s");
    }
}
