package io.everstate.state.query;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.everstate.contracts.problem.Problem;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.Owner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class RefusedQueryIT extends Queries {
    @Test
    void refusesWithoutAValidToken() {
        given().get("/api/v1/bots")
                .then()
                .statusCode(401)
                .contentType(Problem.MEDIA_TYPE)
                .header("WWW-Authenticate", "Bearer")
                .body("type", equalTo("urn:everstate:problem:unauthenticated"));
        for (var token : List.of(
                TestIdentity.shared().expiredToken("viewer"),
                TestIdentity.shared().foreignToken("viewer"),
                "nonsense")) {
            given().auth()
                    .oauth2(token)
                    .get("/api/v1/bots")
                    .then()
                    .statusCode(401)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("status", equalTo(401));
            given().auth()
                    .oauth2(token)
                    .contentType("application/json")
                    .body("{\"kind\":\"FULL\"}")
                    .post("/api/v1/snapshots")
                    .then()
                    .statusCode(401)
                    .contentType(Problem.MEDIA_TYPE);
        }
    }

    @Test
    void refusesATokenWithoutTheRole() {
        as("bot")
                .get("/api/v1/bots")
                .then()
                .statusCode(403)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:everstate:problem:forbidden"));
        as("viewer")
                .contentType("application/json")
                .body("{\"kind\":\"FULL\"}")
                .post("/api/v1/snapshots")
                .then()
                .statusCode(403)
                .contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void saysWhatIsNotThere() {
        for (var path : List.of(
                "/api/v1/bots/" + Owner.newBot(),
                "/api/v1/bots/" + Owner.newBot() + "/trades",
                "/api/v1/partitions/99",
                "/api/v1/snapshots/" + Owner.newBot(),
                "/api/v1/nothing")) {
            get(path)
                    .statusCode(404)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("type", equalTo("urn:everstate:problem:not-found"))
                    .body("retryable", equalTo(false));
        }
    }

    @Test
    void namesTheParameterThatItCannotTake() {
        wrong("/api/v1/bots?limit=0", "limit");
        wrong("/api/v1/bots?limit=501", "limit");
        wrong("/api/v1/bots?limit=many", "limit");
        wrong("/api/v1/bots?after=yesterday", "after");
        wrong("/api/v1/bots?status=ASLEEP", "status");
        wrong("/api/v1/bots?sort=luck", "sort");
        wrong("/api/v1/bots?kind=PARROT", "kind");
        wrong("/api/v1/bots?emergency=perhaps", "emergency");
        wrong("/api/v1/bots?label=env", "label");
        wrong("/api/v1/bots?selector=env", "selector");
        wrong("/api/v1/bots?sort=profit&after=" + Owner.newBot(), "after");
        wrong("/api/v1/bots/" + Owner.newBot() + "?atLeast=soon", "atLeast");
        wrong("/api/v1/bots/" + Owner.newBot() + "/trades?atLeast=soon", "atLeast");
        wrong("/api/v1/bots/" + Owner.newBot() + "?at=yesterday", "at");
        wrong("/api/v1/bots/" + Owner.newBot() + "?sequence=x", "sequence");
        wrong("/api/v1/bots/" + Owner.newBot() + "?sequence=0", "sequence");
        wrong("/api/v1/bots/" + Owner.newBot() + "?sequence=1&at=2026-01-01T00:00:00Z", "at");
        wrong("/api/v1/bots/" + Owner.newBot() + "/view?at=yesterday", "at");
        wrong("/api/v1/bots/" + Owner.newBot() + "/events?after=x", "after");
        wrong("/api/v1/bots/" + Owner.newBot() + "/events?limit=0", "limit");
        wrong("/api/v1/bots/" + Owner.newBot() + "/trades.csv?after=x", "after");
        wrong("/api/v1/bots/seven", "id");
        wrong("/api/v1/bots/" + Owner.newBot() + "/trades?after=x", "after");
        wrong("/api/v1/partitions/x", "partition");
    }

    @Test
    void namesThePlaceOfMalformedJsonAndTheFieldOfAWrongValue() {
        post("{\"kind\":").body("detail", startsWith("malformed JSON, line 1"));
        post("{\"kind\":\"WHATEVER\"}").body("violations.field", contains("kind"));
        post("{}").body("violations.field", contains("kind"));
        post("").body("violations.field", contains("kind"));
        post("[]").body("status", equalTo(400));
    }

    private static ValidatableResponse post(String body) {
        return as("operator")
                .contentType("application/json")
                .body(body)
                .post("/api/v1/snapshots")
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void answersAProblemForAWrongMethodOrContentType() {
        as("viewer").delete("/api/v1/bots").then().statusCode(405).contentType(Problem.MEDIA_TYPE);
        as("operator")
                .contentType("text/plain")
                .body("FULL")
                .post("/api/v1/snapshots")
                .then()
                .statusCode(415)
                .contentType(Problem.MEDIA_TYPE);
    }
}
