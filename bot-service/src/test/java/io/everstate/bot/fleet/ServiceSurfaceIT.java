package io.everstate.bot.fleet;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What machines see of the service: its description, its health, its metrics. */
@QuarkusTest
@TestProfile(BotServiceProfile.class)
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class ServiceSurfaceIT {
    @TestHTTPResource(value = "openapi", management = true)
    String openApi;

    @TestHTTPResource(value = "health", management = true)
    String health;

    @TestHTTPResource(value = "metrics", management = true)
    String metrics;

    @ParameterizedTest
    @CsvSource({
        "/api/v1/bots, get",
        "/api/v1/bots, post",
        "/api/v1/bots/{id}, get",
        "/api/v1/bots/{id}/start, post",
        "/api/v1/bots/{id}/stop, post",
        "/api/v1/bots/{id}/force-save, post",
        "/api/v1/bots/{id}/clear-emergency, post",
        "/api/v1/strategies, get",
        "/api/v1/bots/actions, post",
        "/api/v1/bots/{id}, delete",
        "/api/v1/bots/{id}/pause, post",
        "/api/v1/bots/{id}/resume, post",
        "/api/v1/bots/{id}/checkpoints, get",
        "/api/v1/bots/{id}/restore, post",
        "/api/v1/bots/{id}/configuration, get",
        "/api/v1/bots/{id}/configuration, put",
        "/api/v1/bots/{id}/configuration/versions, get",
        "/api/v1/bots/{id}/configuration/differences, get",
        "/api/v1/partitions, get",
        "/api/v1/partitions/share, get",
        "/api/v1/replicas, get",
        "/api/v1/critical-changes, post",
        "/api/v1/imported-bots, post"
    })
    void theDescriptionTellsWhatEveryCallIsAndThatItNeedsAToken(String path, String method) throws IOException {
        var operation = description().path("paths").path(path).path(method);

        assertThat(operation.path("summary").asText()).isNotBlank();
        assertThat(operation.path("security")).isNotEmpty();
    }

    @Test
    void theDescriptionLeavesNoCallOut() throws IOException {
        var operations = 0;
        for (var path : description().path("paths")) {
            operations += path.size();
        }

        assertThat(operations).isEqualTo(36);
    }

    @Test
    void isReadyWhenItOwnsWhatItWasGiven() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get(health + "/ready")
                        .then()
                        .statusCode(200)
                        .body("checks.name", hasItem("ownership"))
                        .body("status", is("UP")));
        given().get(health + "/live").then().statusCode(200);
    }

    @Test
    void countsOnTheManagementPortAlone() {
        given().get(metrics)
                .then()
                .statusCode(200)
                .body(containsString("everstate_bots_running"))
                .body(containsString("everstate_bot_events_applied_total"));
        given().get("/q/metrics").then().statusCode(404);
        given().get("/q/health").then().statusCode(404);
    }

    private JsonNode description() throws IOException {
        var text = given().queryParam("format", "json").get(openApi).asString();
        return new ObjectMapper().readTree(text);
    }
}
