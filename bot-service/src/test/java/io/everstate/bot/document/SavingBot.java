package io.everstate.bot.document;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.everstate.bot.storage.ObjectStorage;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.arc.Arc;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A registered bot that saves checkpoints at the service of the test, and what can be asked about them. */
record SavingBot(String id, String token) {
    private static final String BOTS = "/api/v1/external-bots";

    /** Once its partition has an owner. */
    static SavingBot registered() {
        var answer = await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> person("operator")
                                .body("{\"name\": \"saver\", \"system\": \"python\"}")
                                .post(BOTS),
                        response -> response.statusCode() == 201);
        return new SavingBot(answer.path("bot"), answer.path("token"));
    }

    String path() {
        return BOTS + "/" + id + "/checkpoints";
    }

    RequestSpecification call() {
        return as(token);
    }

    RequestSpecification keyed(String key) {
        return call().header("Idempotency-Key", key).contentType("a/b");
    }

    Response save(byte[] content) {
        return save("application/x-model", content);
    }

    Response save(String type, byte[] content) {
        return call().contentType(type).body(content).post(path());
    }

    /** What a test begins with; asked again like any client while the storage is too busy to answer. */
    void requireSaved(byte[] content) {
        await().atMost(Duration.ofMinutes(1)).until(() -> save(content).statusCode() == 201);
    }

    Response known() {
        return call().get(path());
    }

    Response newest() {
        return call().get(path() + "/newest");
    }

    /** The name of the newest one's object. */
    String object() {
        return known().path("newest.document.object");
    }

    Response refer(String type, String object, String sha256, int size) {
        return call().contentType("application/json")
                .body("""
                {"contentType": "%s", "sha256": "%s", "size": %d, "object": "%s"}
                """.formatted(type, sha256, size, object))
                .post(path() + "/stored");
    }

    /** Something that needs no storage. */
    Response report() {
        return call().contentType("application/json").body("""
                {"type": "MESSAGE", "content": "still here"}
                """).post(BOTS + "/" + id + "/events");
    }

    Response restore(String query, String body) {
        return person("admin").body(body).post("/api/v1/bots/" + id + "/restore" + query);
    }

    /** Until its owner's file of that event is there. */
    void awaitFile(String sequence) {
        await().until(() -> person("viewer")
                .get("/api/v1/bots/" + id + "/checkpoints")
                .jsonPath()
                .getList("items.sequence", String.class)
                .contains(sequence));
    }

    List<String> stored() {
        var names = new ArrayList<String>();
        storage().list("documents/" + id + "/", found -> names.add(found.name()));
        return names;
    }

    void requireNothingHappened() {
        known().then().statusCode(200).body("saved", is(0));
        newest().then().statusCode(404);
        assertThat(stored()).isEmpty();
    }

    static ObjectStorage storage() {
        return Arc.container().instance(ObjectStorage.class).get();
    }

    static RequestSpecification person(String role) {
        return as(TestIdentity.shared().token(role)).contentType("application/json");
    }

    static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }

    static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
