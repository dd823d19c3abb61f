package io.everstate.backup.retention;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import io.everstate.backup.testing.RetentionSurroundings;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = RetentionSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = RetentionSurroundings.class, restrictToAnnotatedClass = true)
@Tag("SF12")
class RetentionJobIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    RetentionJob job;

    private static ValidatableResponse runs() {
        return given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/retention-runs")
                .then()
                .statusCode(200);
    }

    /** A new database has missed the week's time for each workspace. */
    @Test
    void cleansUpEachWorkspaceOnceAWeek() {
        job.requestWhatIsDue();
        job.requestWhatIsDue();

        await().atMost(PATIENCE).untilAsserted(() -> runs().body("items.status", everyItem(is("COMPLETED"))));
        job.requestWhatIsDue();
        runs().body("items.workspace", containsInAnyOrder("default", "excluding"));
    }
}
