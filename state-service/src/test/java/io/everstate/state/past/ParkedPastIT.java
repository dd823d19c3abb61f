package io.everstate.state.past;

import static io.everstate.state.Owner.now;
import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.Owner;
import io.everstate.state.TestLog;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.past.EarlierStates.Wanted;
import io.everstate.state.past.Past.Found;
import io.everstate.state.past.Then.Was;
import io.everstate.state.platform.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    FleetPast fleet;

    @Inject
    PartitionLog records;

    @Inject
    Transactions transactions;

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role));
    }

    private static ValidatableResponse bot(BotId bot, String question) {
        return as("viewer").get("/api/v1/bots/" + bot + question).then();
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

    private Owner owner() {
        var owner = log.nextOwner(PARTITION);
        log.write(PARTITION, List.of(owner.claim()));
        return owner;
    }

    /** Known up to event 3. */
    private BotId followed(Owner owner) {
        var bot = log.newBot(PARTITION);
        log.write(PARTITION, List.of(now(owner.created(bot)), now(owner.started(bot)), now(owner.trade(bot, 3))));
        return bot;
    }

    /** Known up to event 3, parked at event 4, passed over up to event 5. */
    private BotId parked(Owner owner) {
        var bot = followed(owner);
        park(owner, bot);
        await().untilAsserted(() -> as("viewer")
                .get("/api/v1/parked?limit=500")
                .then()
                .body("items.find { it.bot == '" + bot + "' }.passedOver", equalTo(5)));
        return bot;
    }

    private void park(Owner owner, BotId bot) {
        log.writeStrange(PARTITION, owner, bot, 4);
        log.write(PARTITION, List.of(now(owner.trade(bot, 5))));
    }

    /** By a checkpoint, its event 8. */
    private void takeUp(Owner owner, BotId bot) {
        var state = requireNonNull(log.foldedBots().get(bot));
        log.write(PARTITION, List.of(now(owner.record(bot, 8, new CheckpointTaken("force-save", state)))));
    }

    private void trade(Owner owner, BotId bot, long sequence) {
        log.write(PARTITION, List.of(now(owner.trade(bot, sequence))));
        stored(bot, sequence);
        bot(bot, "").body("parked", nullValue());
    }

    /** Returns when the rows have that event too: a single bot is answered before. */
    private static void stored(BotId bot, long sequence) {
        await().untilAsserted(
                        () -> bot(bot, "/trades?limit=1&atLeast=" + sequence).statusCode(200));
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
        var owner = owner();
        var before = Instant.now();
        var bot = parked(owner);
        var then = Instant.now();
        bot(bot, "?sequence=6").statusCode(404);
        assertThatTheParkedTimeIsSaid(bot, before, then);
        var snapshot = taken();
        var known = as("viewer").get("/api/v1/partitions/" + PARTITION);
        assertThat(known.statusCode()).isEqualTo(409);

        takeUp(owner, bot);
        trade(owner, bot, 9);

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
        var found = earlier.latest(new Wanted(bot, PARTITION, topic, null, Set.of(), known -> known.sequence() <= 3))
                .orElseThrow();

        assertThat(found.snapshot()).isEqualTo(snapshot.id());
        assertThat(found.nextOffset())
                .isEqualTo(requireNonNull(snapshot.offsets().get(PARTITION)) - 2);
    }

    /** Of many bots that are looked for in one reading of their partition. */
    private record Fleet(BotId followed, BotId parked, BotId parkedLater, BotId takenUp) {
        List<BotId> all() {
            return List.of(followed, parked, parkedLater, takenUp);
        }
    }

    @Test
    void isSaidOfThoseOfManyBotsThatWereParkedThen() {
        var owner = owner();
        var bots = new Fleet(followed(owner), parked(owner), followed(owner), parked(owner));
        var snapshot = taken();
        takeUp(owner, bots.takenUp());
        stored(bots.takenUp(), 8);
        var then = Instant.now();
        await().until(() -> Instant.now().isAfter(then.plusMillis(1)));

        park(owner, bots.parkedLater());
        List.of(bots.parked(), bots.parkedLater()).forEach(bot -> takeUp(owner, bot));
        trade(owner, bots.followed(), 4);
        List.of(bots.parked(), bots.parkedLater(), bots.takenUp()).forEach(bot -> trade(owner, bot, 9));

        assertThatItIsSaidOfTheParkedOne(bots, then);
        forget(snapshot.id());
        assertThatItIsSaidOfTheParkedOne(bots, then);
    }

    private void assertThatItIsSaidOfTheParkedOne(Fleet bots, Instant then) {
        var pass = fleet.passes(bots.all());
        assertThat(pass).singleElement().satisfies(one -> assertThat(one.bots()).hasSize(4));
        var found = fleet.at(pass.getFirst(), then, records);

        assertThat(found).containsOnlyKeys(bots.all());
        assertFollowed(found.get(bots.followed()), 3);
        assertFollowed(found.get(bots.parkedLater()), 3);
        assertFollowed(found.get(bots.takenUp()), 8);
        var parked = was(found.get(bots.parked()));
        assertThat(parked.state().sequence()).isEqualTo(3);
        var parking = requireNonNull(parked.parked()).parking();
        assertThat(parking.type()).isEqualTo(TestLog.STRANGE_TYPE);
        assertThat(parking.sequence()).isEqualTo(5);
    }

    private static Found was(@Nullable Then then) {
        if (then instanceof Was(var found)) {
            return found;
        }
        throw new AssertionError(then);
    }

    private static void assertFollowed(@Nullable Then then, long sequence) {
        var found = was(then);
        assertThat(found.state().sequence()).isEqualTo(sequence);
        assertThat(found.parked()).isNull();
    }
}
