package io.everstate.bot.document;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.everstate.bot.external.ExternalProfile;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documents are read from the log each time: the profile leaves no room to keep them. */
@QuarkusTest
@TestProfile(ExternalProfile.class)
@QuarkusTestResource(PlatformResource.class)
class DocumentsIT {
    private static final int LARGEST = 1 << 20;

    private String path = "";
    private String token = "";

    @BeforeEach
    void register() {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            var answer = as(TestIdentity.shared().token("operator"))
                    .contentType("application/json")
                    .body("{\"name\": \"saver\", \"system\": \"python\"}")
                    .post("/api/v1/external-bots");
            answer.then().statusCode(201);
            path = "/api/v1/external-bots/" + answer.path("bot") + "/checkpoints";
            token = answer.path("token");
        });
    }

    @Test
    @Tag("EC3")
    void theNewestComesBackAsItWas() {
        save("text/plain; charset=utf-8", "first".getBytes(StandardCharsets.UTF_8));
        var content = bytes(LARGEST);
        var saved = save("application/vnd.sqlite3", content);

        var newest = as(token).get(path + "/newest");

        newest.then()
                .statusCode(200)
                .header("Content-Type", startsWith("application/vnd.sqlite3"))
                .header("ETag", "\"" + DocumentStore.sha256(content) + "\"")
                .header("Everstate-Sequence", saved.header("Everstate-Sequence"))
                .header("X-Content-Type-Options", "nosniff");
        assertThat(newest.asByteArray()).isEqualTo(content);
    }

    @Test
    void peopleMayReadItToo() {
        save("application/json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));

        var viewer = as(TestIdentity.shared().token("viewer")).get(path + "/newest");

        assertThat(viewer.asString()).isEqualTo("{\"a\":1}");
    }

    @Test
    void anEmptyOneIsADocumentToo() {
        save("application/octet-stream", new byte[0]).then().statusCode(201).body("size", is(0));

        assertThat(as(token).get(path + "/newest").asByteArray()).isEmpty();
    }

    @Test
    void thereIsNoneBeforeTheFirst() {
        as(token).get(path + "/newest").then().statusCode(404).body("detail", containsString("has not saved"));
    }

    @Test
    @Tag("EC3")
    void aRepetitionIsTheFirstAndAnotherDocumentUnderItsKeyAConflict() {
        var key = UUID.randomUUID().toString();
        var content = bytes(1000);

        var first = as(token)
                .header("Idempotency-Key", key)
                .contentType("a/b")
                .body(content)
                .post(path);
        var second = as(token)
                .header("Idempotency-Key", key)
                .contentType("a/b")
                .body(content)
                .post(path);
        var other = as(token)
                .header("Idempotency-Key", key)
                .contentType("a/b")
                .body(bytes(1001))
                .post(path);

        assertThat(second.jsonPath().getLong("sequence"))
                .isEqualTo(first.jsonPath().getLong("sequence"));
        other.then().statusCode(409).body("detail", containsString("another document"));
    }

    /** What was saved under the key first is not in the state any more, and nothing is said of it. */
    @Test
    void aRepetitionAfterAnotherDocumentTellsNoHash() {
        var key = UUID.randomUUID().toString();
        var first = as(token)
                .header("Idempotency-Key", key)
                .contentType("a/b")
                .body(bytes(1000))
                .post(path);
        as(token).contentType("a/b").body(bytes(1001)).post(path).then().statusCode(201);

        var repeated = as(token)
                .header("Idempotency-Key", key)
                .contentType("a/b")
                .body(bytes(1002))
                .post(path);

        assertThat(repeated.jsonPath().getLong("sequence"))
                .isEqualTo(first.jsonPath().getLong("sequence"));
        assertThat(repeated.jsonPath().getString("sha256")).isNull();
    }

    @Test
    void oneByteTooManyIsRefusedInWords() {
        var answer = save("application/octet-stream", new byte[LARGEST + 1]);

        answer.then().statusCode(413).contentType("application/problem+json").body("detail", containsString("1048576"));
        as(token).get(path + "/newest").then().statusCode(404);
    }

    private Response save(String type, byte[] content) {
        return as(token).contentType(type).body(content).post(path);
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }
}
