package io.everstate.bot.external;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.TestIdentity;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;

/** Bots that run elsewhere, as the tests register and ask them. */
final class ExternalBots {
    static final String PATH = "/api/v1/external-bots";

    private ExternalBots() {}

    /** A registered bot and its token. */
    record Registered(String id, String token) {
        RequestSpecification call() {
            return as(token);
        }

        String path(String rest) {
            return PATH + "/" + id + rest;
        }
    }

    static void awaitOwner() {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> as(TestIdentity.shared().token("viewer"))
                        .get("/api/v1/bots")
                        .then()
                        .statusCode(200));
    }

    static Registered register(String body) {
        var answer = operator().body(body).post(PATH).then().statusCode(201).extract();
        return new Registered(answer.path("bot"), answer.path("token"));
    }

    static Registered register() {
        return register("{\"name\": \"at home\", \"system\": \"python\"}");
    }

    static Response bot(Registered bot) {
        return person("viewer").get("/api/v1/bots/" + bot.id());
    }

    static RequestSpecification operator() {
        return person("operator").contentType(ContentType.JSON);
    }

    static RequestSpecification person(String role) {
        return as(TestIdentity.shared().token(role));
    }

    static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }
}
