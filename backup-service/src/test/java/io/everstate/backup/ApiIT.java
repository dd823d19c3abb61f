package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.everstate.backup.testing.Surroundings;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers get for what they send. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
class ApiIT {
    private static final String PROBLEM = "application/problem+json";
    private static final String CONFIG_ONLY = "{\"workspace\":\"default\",\"kind\":\"CONFIG_ONLY\"}";

    /** Accepted, such an order would stand before all other work of its workspace for ever. */
    @ParameterizedTest(name = "paths {0} are refused with 400")
    @ValueSource(strings = {"[]", "[null]", "[\"\"]", "[\" \"]", "[\".env\",null]", "[\"a\\u0000b\"]"})
    void refusesPathsThatNameNothing(String paths) {
        as("operator")
                .body("{\"backupId\":\"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11\",\"paths\":" + paths + "}")
                .post("/api/v1/restores")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("violations.field", hasItem("paths"));
    }

    @Test
    void refusesTextsThatTheDatabaseCannotHold() {
        as("operator")
                .body("{\"workspace\":\"default\",\"kind\":\"FULL\",\"description\":\"a\\u0000b\"}")
                .post("/api/v1/backups")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("description"));
        as("viewer")
                .queryParam("workspace", "a\0b")
                .get("/api/v1/backups")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("workspace"));
    }

    @ParameterizedTest(name = "{0} is refused with 400 that names {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|workspace",
                "{\"workspace\":\"default\"}|kind",
                "{\"workspace\":\"default\",\"kind\":\"LOGS\"}|kind",
                "{\"workspace\":\"default\",\"kind\":5.5}|kind",
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        as("operator")
                .body(body)
                .post("/api/v1/backups")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("violations.field", hasItem(field));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{\"workspace\":", "[1,2", "nonsense"})
    void saysWhereABodyIsNoJson(String body) {
        as("operator")
                .body(body)
                .post("/api/v1/backups")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("line 1"));
    }

    @Test
    void refusesADescriptionThatIsTooLong() {
        as("operator")
                .body("{\"workspace\":\"default\",\"kind\":\"FULL\",\"description\":\"" + "x".repeat(501) + "\"}")
                .post("/api/v1/backups")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("description"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/api/v1/backups/00000000-0000-7000-8000-000000000000",
                "/api/v1/restores/00000000-0000-7000-8000-000000000000",
                "/api/v1/workspaces/other/inspection",
                "/api/v1/nothing"
            })
    void doesNotFindWhatIsNotThere(String path) {
        as("viewer").get(path).then().statusCode(404).contentType(PROBLEM);
    }

    @Test
    void doesNotFindTheWorkspaceOfARequest() {
        as("operator")
                .body("{\"workspace\":\"other\",\"kind\":\"FULL\"}")
                .post("/api/v1/backups")
                .then()
                .statusCode(404)
                .body("detail", equalTo("there is no workspace other"));
    }

    @Test
    void doesNotRestoreABackupThatIsNotThere() {
        as("operator")
                .body("{\"backupId\":\"" + UUID.randomUUID() + "\"}")
                .post("/api/v1/restores")
                .then()
                .statusCode(404);
    }

    @Test
    void wantsAToken() {
        given().get("/api/v1/backups").then().statusCode(401).contentType(PROBLEM);
    }

    @Test
    void wantsATokenThatIsOursAndNotExpired() {
        var identity = TestIdentity.shared();

        given().auth()
                .oauth2(identity.foreignToken("operator"))
                .get("/api/v1/backups")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(identity.expiredToken("operator"))
                .get("/api/v1/backups")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest(name = "a viewer may not POST {0}")
    @ValueSource(strings = {"/api/v1/backups", "/api/v1/restores"})
    void wantsAnOperatorForWhatActs(String path) {
        as("viewer").body("{}").post(path).then().statusCode(403).contentType(PROBLEM);
    }

    @Test
    void makesOneBackupOfARepeatedRequest() {
        var key = UUID.randomUUID().toString();
        var first = take(key, CONFIG_ONLY, 202);

        var second = take(key, CONFIG_ONLY, 202);

        org.assertj.core.api.Assertions.assertThat(second).isEqualTo(first);
        take(key, "{\"workspace\":\"default\",\"kind\":\"FULL\"}", 409);
    }

    @Test
    @Tag("BD16")
    void pagesFromTheNewestToTheOldest() {
        var older = take(UUID.randomUUID().toString(), CONFIG_ONLY, 202);
        var newer = take(UUID.randomUUID().toString(), CONFIG_ONLY, 202);

        as("viewer")
                .queryParam("limit", 1)
                .get("/api/v1/backups")
                .then()
                .body("items[0].id", equalTo(newer))
                .body("next", equalTo(newer));
        as("viewer")
                .queryParam("limit", 1)
                .queryParam("after", newer)
                .get("/api/v1/backups")
                .then()
                .body("items[0].id", equalTo(older));
    }

    @Test
    void refusesAPageThatIsTooLong() {
        as("viewer")
                .queryParam("limit", 501)
                .get("/api/v1/backups")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("limit"));
    }

    @Test
    void describesItselfWithExamples() {
        given().accept(ContentType.JSON)
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(containsString("before the upgrade"));
    }

    private static String take(String key, String body, int status) {
        return as("operator")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/backups")
                .then()
                .statusCode(status)
                .extract()
                .path("id");
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType(ContentType.JSON);
    }
}
