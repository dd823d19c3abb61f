package io.everstate.state.past;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.Owner;
import io.everstate.state.TestLog;
import io.everstate.state.past.EarlierStates.Wanted;
import io.everstate.state.platform.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The past of a bot of which a record is not understood, from the log and from a snapshot behind that record. */
@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class ParkedPastIT {
    private static final int PARTITION = 4;

    private final TestLog log = TestLog.of(Topics.BOT_EVENTS, 12);

    @Inject
    EarlierStates earlier;

    @Inject
    Transactions transactions;

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role));
    }

    private static ValidatableResponse bot(BotId bot, String question) {
        return as("viewer").get("/api/v1/bots/" + bot + question).then();
    }

    /** As if it were written now: what is parked since when is told by the log's own times. */
    private static BotEventRecorded now(BotEventRecorded event) {
        return new BotEventRecorded(
                event.id(),
                Instant.now(),
                event.source(),
                event.epoch(),
                event.bot(),
                event.sequence(),
                event.idempotencyKey(),
                event.traceparent(),
                event.event());
    }

    private static SnapshotView taken() {
        return as("operator")
                .contentType("application/json")
                .body("{\"kind\":\"FULL\"}")
                .post("/api/v1/snapshots")
                .then()
                .statusCode(201)
                .extract()
                .as(SnapshotView.class);
    }

    /** Known up to event 3, parked at event 4, passed over up to event 5. */
    private BotId parked(Owner owner) {
        var bot = log.newBot(PARTITION);
        log.write(
                PARTITION,
                List.of(owner.claim(), now(owner.created(bot)), now(owner.started(bot)), now(owner.trade(bot, 3))));
        log.writeStrange(PARTITION, owner, bot, 4);
        log.write(PARTITION, List.of(now(owner.trade(bot, 5))));
        await().untilAsserted(() -> bot(bot, "").body("sequence", equalTo(3)).body("parked.passedOver", equalTo(5)));
        return bot;
    }

    private void forget(UUID snapshot) {
        transactions.write(connection -> {
            try (var statement =
                    connection.prepareStatement("update system_state_snapshots set valid = false where id = ?")) {
                statement.setObject(1, snapshot);
                return statement.executeUpdate();
            }
        });
    }

    private void assertThatTheParkedTimeIsSaid(BotId bot, Instant before, Instant then) {
        bot(bot, "?at=" + then)
                .statusCode(200)
                .body("sequence", equalTo(3))
                .body("parked.type", equalTo(TestLog.STRANGE_TYPE))
                .body("parked.knownTo", equalTo(3))
                .body("parked.passedOver", equalTo(5))
                .body("parked.partition", equalTo(PARTITION));
        as("viewer")
                .get("/api/v1/bots/" + bot + "/view?at=" + then)
                .then()
                .statusCode(200)
                .body(containsString("PARKED"));
        bot(bot, "?at=" + before).statusCode(404);
        bot(bot, "?sequence=3").statusCode(200).body("sequence", equalTo(3)).body("parked", nullValue());
        for (var unknown : List.of(4, 5)) {
            bot(bot, "?sequence=" + unknown).statusCode(409).body("detail", containsString("is known up to event 3"));
        }
    }

    @Test
    void isWhatWasKnownAndSaysSo() {
        var owner = log.nextOwner(PARTITION);
        var before = Instant.now();
        var bot = parked(owner);
        var then = Instant.now();
        bot(bot, "?sequence=6").statusCode(404);
        assertThatTheParkedTimeIsSaid(bot, before, then);
        var snapshot = taken();
        var known = as("viewer").get("/api/v1/partitions/" + PARTITION);
        assertThat(known.statusCode()).isEqualTo(409);

        var state = requireNonNull(log.foldedBots().get(bot));
        log.write(PARTITION, List.of(now(owner.record(bot, 8, new CheckpointTaken("force-save", state)))));
        log.write(PARTITION, List.of(now(owner.trade(bot, 9))));
        await().untilAsserted(() -> bot(bot, "").body("sequence", equalTo(9)).body("parked", nullValue()));

        assertThatTheParkedTimeIsSaid(bot, before, then);
        bot(bot, "?sequence=7").statusCode(200).body("sequence", equalTo(3));
        bot(bot, "?sequence=8").statusCode(200).body("sequence", equalTo(8)).body("parked", nullValue());
        bot(bot, "?at=" + Instant.now()).body("sequence", equalTo(9)).body("parked", nullValue());
        assertThatASnapshotBeginsAtTheRecord(bot, snapshot);
        forget(snapshot.id());
        assertThatTheParkedTimeIsSaid(bot, before, then);
    }

    /** Which a later version may understand. */
    private void assertThatASnapshotBeginsAtTheRecord(BotId bot, SnapshotView snapshot) {
        var topic = transactions.read(connection -> {
            try (var statement = connection.prepareStatement(
                            "select topic_id from partition_offsets where partition = " + PARTITION);
                    var row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        });
        var found = earlier.latest(new Wanted(bot, PARTITION, topic, null, known -> known.sequence() <= 3))
                .orElseThrow();

        assertThat(found.snapshot()).isEqualTo(snapshot.id());
        assertThat(found.nextOffset())
                .isEqualTo(requireNonNull(snapshot.offsets().get(PARTITION)) - 2);
    }
}
