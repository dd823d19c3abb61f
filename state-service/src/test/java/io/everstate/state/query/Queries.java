package io.everstate.state.query;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.TestLog;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Questions to the service, about bots whose events are in the log. */
abstract class Queries {
    static final int PARTITION = 5;

    final TestLog log = TestLog.of(Topics.BOT_EVENTS, 12);

    static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role));
    }

    static ValidatableResponse get(String path) {
        return as("viewer").get(path).then();
    }

    BotId trader(int trades) {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        var records = new ArrayList<LogRecord>(List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        LongStream.range(3, 3 + trades).forEach(sequence -> records.add(owner.trade(bot, sequence)));
        log.write(PARTITION, records);
        stored(bot, 2 + trades);
        return bot;
    }

    /** Returns when the rows have that event too: a single bot is answered before. */
    static void stored(BotId bot, long sequence) {
        await().untilAsserted(() -> get("/api/v1/bots/" + bot + "/trades?limit=1&atLeast=" + sequence)
                .statusCode(200));
    }

    static void wrong(String path, String field) {
        get(path)
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:everstate:problem:invalid"))
                .body("violations.field", contains(field));
    }
}
