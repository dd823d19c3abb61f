package io.everstate.backup.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.BusySurroundings;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = @ResourceArg(name = "bucket", value = "schedule-it"),
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = BusySurroundings.class, restrictToAnnotatedClass = true)
class BackupScheduleIT {
    private static final String MINUTE = " - \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d";

    @Test
    @Tag("BD6")
    @Tag("BD17")
    void takesTheStateAtTheStartAndEverythingFromTimeToTime() {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertThat(described("STATE_ONLY", "COMPLETED")).anyMatch(text -> text.matches("Startup backup" + MINUTE));
            assertThat(described("FULL", "COMPLETED"))
                    .filteredOn(text -> text.matches("Automatic backup" + MINUTE))
                    .hasSizeGreaterThan(1);
        });
    }

    @Test
    @Tag("EC11")
    void saysWhenTheNextComes() {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(described("FULL", "COMPLETED")).isNotEmpty());

        var next = given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/schedules")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(next.getList("items.kind")).containsOnly("FULL");
        assertThat(Instant.parse(next.getString("items[0].next")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        given().get("/api/v1/schedules").then().statusCode(401);
    }

    private static List<String> described(String kind, String status) {
        List<Map<String, String>> items = given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .queryParam("limit", 500)
                .get("/api/v1/backups")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        return items.stream()
                .filter(item -> kind.equals(item.get("kind")) && status.equals(item.get("status")))
                .map(item -> String.valueOf(item.get("description")))
                .toList();
    }
}
