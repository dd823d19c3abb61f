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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = @ResourceArg(name = "bucket", value = "incremental-schedule-it"),
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = BusySurroundings.class,
        initArgs = {
            @ResourceArg(name = "full-every", value = "6h"),
            @ResourceArg(name = "incremental-every", value = "1s")
        },
        restrictToAnnotatedClass = true)
class IncrementalScheduleIT {

    @Test
    @Tag("BD5")
    @Tag("BD6")
    void takesChangesUponTheFullOfTheStartAndNeverTwoAtOnce() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(of("default"))
                        .filteredOn(item ->
                                "INCREMENTAL".equals(item.get("kind")) && "COMPLETED".equals(item.get("status")))
                        .hasSizeGreaterThan(1));

        var found = of("default");
        assertThat(found)
                .filteredOn(item -> "INCREMENTAL".equals(item.get("kind")))
                .allSatisfy(item ->
                        assertThat(String.valueOf(item.get("description"))).startsWith("Automatic incremental - "));
        assertThat(found.getLast().get("kind")).isIn("FULL", "STATE_ONLY");
        assertThat(found)
                .filteredOn(item -> List.of("REQUESTED", "RUNNING", "UPLOADED").contains(item.get("status")))
                .hasSizeLessThan(2);
        List<String> kinds = given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/schedules")
                .then()
                .statusCode(200)
                .extract()
                .path("items.kind");
        assertThat(kinds).containsExactly("FULL", "INCREMENTAL", "FULL", "INCREMENTAL");
    }

    private static List<Map<String, String>> of(String workspace) {
        return given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .queryParam("workspace", workspace)
                .queryParam("limit", 500)
                .get("/api/v1/backups")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }
}
