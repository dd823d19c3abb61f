package io.everstate.state.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.view.PartitionView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class QueryIT {
    private static final int PARTITION = 5;

    private final TestLog log = TestLog.of(Topics.BOT_EVENTS, 12);

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role));
    }

    private static ValidatableResponse get(String path) {
        return as("viewer").get(path).then();
    }

    private BotId trader(int trades) {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        var records = new ArrayList<LogRecord>(List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        LongStream.range(3, 3 + trades).forEach(sequence -> records.add(owner.trade(bot, sequence)));
        log.write(PARTITION, records);
        await().untilAsserted(() -> get("/api/v1/bots/" + bot).statusCode(200).body("sequence", equalTo(2 + trades)));
        return bot;
    }

    @Test
    void answersOneBotAsTheFoldHasIt() {
        var bot = trader(3);

        var answer = get("/api/v1/bots/" + bot).statusCode(200).extract().asByteArray();

        assertThat(TestJson.format().read(answer, BotState.class))
                .isEqualTo(log.foldedBots().get(bot));
    }

    @Test
    void givesTradesPageByPage() {
        var bot = trader(5);

        get("/api/v1/bots/" + bot + "/trades?limit=2")
                .statusCode(200)
                .body("items.sequence", contains(3, 4))
                .body("next", equalTo("4"));

        get("/api/v1/bots/" + bot + "/trades?limit=3&after=4")
                .statusCode(200)
                .body("items.sequence", contains(5, 6, 7))
                .body("next", nullValue());
    }

    @Test
    void givesTheLegsOfCyclesPageByPageWithoutLeavingOneOut() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        log.write(
                PARTITION,
                List.of(
                        owner.claim(),
                        owner.createdTriangle(bot),
                        owner.started(bot),
                        owner.cycle(bot, 3),
                        owner.cycle(bot, 4)));
        await().untilAsserted(() -> get("/api/v1/bots/" + bot).statusCode(200).body("sequence", equalTo(4)));

        get("/api/v1/bots/" + bot + "/trades?limit=2")
                .statusCode(200)
                .body("items.leg", contains(1, 2))
                .body("next", equalTo("3.2"));

        get("/api/v1/bots/" + bot + "/trades?limit=2&after=3.2")
                .statusCode(200)
                .body("items.sequence", contains(3, 4))
                .body("items.leg", contains(3, 1))
                .body("next", equalTo("4.1"));

        get("/api/v1/bots/" + bot + "/trades?after=3").statusCode(200).body("items.leg", contains(1, 2, 3));
    }

    @Test
    void givesBotsPageByPageWithoutLeavingOneOut() {
        trader(1);
        trader(1);
        trader(1);
        var seen = new ArrayList<String>();

        for (String after = null; ; ) {
            var page = get("/api/v1/bots?limit=1" + (after == null ? "" : "&after=" + after))
                    .statusCode(200);
            seen.addAll(page.extract().<List<String>>path("items.id"));
            after = page.extract().path("next");
            if (after == null) {
                break;
            }
        }

        var all =
                log.foldedBots().keySet().stream().map(BotId::toString).sorted().toList();
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void filtersBotsByTheirStatus() {
        var running = trader(1);
        var stopped = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(stopped)));
        await().untilAsserted(() -> get("/api/v1/bots/" + stopped).statusCode(200));

        get("/api/v1/bots?status=STOPPED&limit=500")
                .body("items.id", hasItem(stopped.toString()))
                .body("items.id", not(hasItem(running.toString())))
                .body("items.lifecycle.status", everyItem(equalTo("STOPPED")));
    }

    @Test
    void sumsUpTheFleet() {
        trader(4);
        var bots = log.foldedBots().values();

        get("/api/v1/system-state")
                .statusCode(200)
                .body("bots", equalTo(bots.size()))
                .body("running", equalTo((int)
                        bots.stream().filter(bot -> bot.running()).count()))
                .body("trades", equalTo((int)
                        bots.stream().mapToLong(bot -> bot.portfolio().trades()).sum()))
                .body("lag", equalTo(0));
    }

    @Test
    void givesAPartitionAsOneCut() {
        var bot = trader(2);
        var fold = log.fold().get(PARTITION);

        var view =
                get("/api/v1/partitions/" + PARTITION).statusCode(200).extract().as(PartitionView.class);

        assertThat(view.bots()).containsExactlyInAnyOrderElementsOf(fold.bots());
        assertThat(view.bots()).anyMatch(state -> state.id().equals(bot));
        assertThat(view.epoch()).isEqualTo(fold.epoch());
        assertThat(view.topicId()).hasSize(22);
    }

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
        wrong("/api/v1/bots/seven", "id");
        wrong("/api/v1/bots/" + Owner.newBot() + "/trades?after=x", "after");
        wrong("/api/v1/partitions/x", "partition");
    }

    private static void wrong(String path, String field) {
        get(path)
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:everstate:problem:invalid"))
                .body("violations.field", contains(field));
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
