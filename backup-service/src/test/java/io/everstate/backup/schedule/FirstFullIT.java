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
        initArgs = @ResourceArg(name = "bucket", value = "first-full-it"),
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = BusySurroundings.class,
        initArgs = @ResourceArg(name = "full-every", value = "6h"),
        restrictToAnnotatedClass = true)
class FirstFullIT {

    @Test
    @Tag("BD17")
    void takesEverythingOfEachWorkspaceAtTheStartAndOnceOnly() {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(full())
                        .extracting(item -> item.get("workspace"))
                        .containsExactlyInAnyOrder("default", "excluding"));

        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(6))
                .untilAsserted(() -> assertThat(full()).hasSize(2));
    }

    private static List<Map<String, String>> full() {
        List<Map<String, String>> items = given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .queryParam("limit", 500)
                .get("/api/v1/backups")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        return items.stream()
                .filter(item -> "FULL".equals(item.get("kind")) && "COMPLETED".equals(item.get("status")))
                .toList();
    }
}
