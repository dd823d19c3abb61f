package io.everstate.state.snapshot.store;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.TestLog;
import io.everstate.state.log.RecordMark;
import io.everstate.state.past.EarlierStates;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.EarlierStates.Wanted;
import io.everstate.state.platform.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class EarlierSnapshotsIT {
    private static final int PARTITION = 3;

    private final TestLog log = TestLog.of(Topics.BOT_EVENTS, 12);

    @Inject
    EarlierStates earlier;

    @Inject
    Transactions transactions;

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role));
    }

    private void update(String statement) {
        transactions.write(connection -> {
            try (var prepared = connection.prepareStatement(statement)) {
                return prepared.executeUpdate();
            }
        });
    }

    /** Others' snapshots, some of them damaged, are no candidates. */
    @BeforeEach
    void forgetOthers() {
        update("update system_state_snapshots set valid = false");
    }

    /** When the bot is folded up to this event. */
    private SnapshotView takenAfter(BotId bot, long sequence, LogRecord... entries) {
        return taken("FULL", bot, sequence, entries);
    }

    private SnapshotView taken(String kind, BotId bot, long sequence, LogRecord... entries) {
        log.write(PARTITION, List.of(entries));
        as("viewer")
                .get("/api/v1/bots/" + bot + "/trades?limit=1&atLeast=" + sequence)
                .then()
                .statusCode(200);
        return as("operator")
                .contentType("application/json")
                .body("{\"kind\":\"%s\"}".formatted(kind))
                .post("/api/v1/snapshots")
                .then()
                .statusCode(201)
                .body("kind", equalTo(kind))
                .extract()
                .as(SnapshotView.class);
    }

    private String topicId() {
        return as("viewer")
                .get("/api/v1/partitions/" + PARTITION)
                .then()
                .statusCode(200)
                .extract()
                .path("topicId");
    }

    private EarlierState latest(BotId bot, long sequence) {
        return latest(bot, sequence, Set.of());
    }

    private EarlierState latest(BotId bot, long sequence, Set<UUID> lost) {
        var wanted = new Wanted(bot, PARTITION, topicId(), null, lost, state -> state.sequence() <= sequence);
        return earlier.latest(wanted).orElseThrow();
    }

    private static void assertPlace(EarlierState place, SnapshotView snapshot, @Nullable Long sequence) {
        assertThat(place.nextOffset()).isEqualTo(snapshot.offsets().get(PARTITION));
        assertThat(place.state() == null ? null : place.state().sequence()).isEqualTo(sequence);
    }

    @Test
    void areTheLatestAtWhichTheBotWasNotTooLate() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        var other = log.newBot(PARTITION);
        var before = takenAfter(other, 1, owner.claim(), owner.created(other));
        takenAfter(bot, 1, owner.created(bot));
        takenAfter(bot, 2, owner.started(bot));
        var snapshots = LongStream.rangeClosed(3, 7)
                .mapToObj(sequence -> takenAfter(bot, sequence, owner.trade(bot, sequence)))
                .toList();

        assertPlace(latest(bot, 0), before, null);
        for (var sequence = 3; sequence <= 7; sequence++) {
            assertPlace(latest(bot, sequence), snapshots.get(sequence - 3), (long) sequence);
        }
        assertPlace(latest(bot, 100), snapshots.getLast(), 7L);
        assertThat(latest(bot, 5).epoch()).isEqualTo(owner.epoch());
    }

    @Test
    void areByWayOfAnIncrementalChainWhatItHoldsOfTheBot() {
        var bot = log.newBot(PARTITION);
        var other = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        takenAfter(bot, 2, owner.claim(), owner.created(other), owner.created(bot), owner.started(bot));
        var changed = taken("INCREMENTAL", bot, 3, owner.trade(bot, 3));
        var resting = taken("INCREMENTAL", other, 2, owner.started(other));
        var again = taken("INCREMENTAL", bot, 4, owner.trade(bot, 4));

        assertPlace(latest(bot, 3), resting, 3L);
        assertPlace(latest(bot, 4), again, 4L);
        assertPlace(latest(other, 1), changed, 1L);
        assertThat(latest(bot, 3).state())
                .isEqualTo(log.foldedUpTo(resting.offsets()).stream()
                        .filter(state -> state.id().equals(bot))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void areNotThoseThatAreDamaged() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        var good = takenAfter(bot, 2, owner.claim(), owner.created(bot), owner.started(bot));
        var damaged = takenAfter(bot, 3, owner.trade(bot, 3));
        damage(damaged);

        assertPlace(latest(bot, 9), good, 2L);
    }

    /** Of seven the fourth is looked at first; what is younger is found all the same, and only what lies between is said to be passed over. */
    @Test
    void aDamagedOneHidesNoneThatIsYounger() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        var taken = LongStream.rangeClosed(3, 9)
                .mapToObj(sequence -> takenAfter(bot, sequence, owner.trade(bot, sequence)))
                .toList();
        damage(taken.get(3));

        assertPlace(latest(bot, 8), taken.get(5), 8L);
        assertThat(latest(bot, 8).passedOver()).isEmpty();
        assertPlace(latest(bot, 6), taken.get(2), 5L);
        assertThat(latest(bot, 6).passedOver())
                .singleElement()
                .asString()
                .contains(taken.get(3).id().toString());
        assertPlace(latest(bot, 4), taken.get(1), 4L);
        assertThat(latest(bot, 4).passedOver()).isEmpty();
    }

    private void damage(SnapshotView snapshot) {
        update(
                "update system_state_snapshots set content = set_byte(content, 12, 255 - get_byte(content, 12)) where id = '%s'"
                        .formatted(snapshot.id()));
    }

    @Test
    void sayBehindWhichRecordTheyWereTaken() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        takenAfter(bot, 1, owner.claim(), owner.created(bot));

        assertThat(latest(bot, 9).last())
                .isEqualTo(RecordMark.of(log.records(PARTITION).getLast()));
    }

    @Test
    void areNotThoseOfWhichTheEndIsLostAndThatIsSaid() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        var good = takenAfter(bot, 1, owner.claim(), owner.created(bot));
        var lost = takenAfter(bot, 2, owner.started(bot));

        var found = latest(bot, 9, Set.of(lost.id()));

        assertPlace(found, good, 1L);
        assertThat(found.passedOver())
                .singleElement()
                .asString()
                .contains(lost.id().toString(), "the log has lost");
    }

    @Test
    void areNotThoseThatDoNotSayBehindWhichRecordTheyWereTaken() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        var old = takenAfter(bot, 2, owner.claim(), owner.created(bot), owner.started(bot));
        update("""
                update system_state_snapshots
                set cut = regexp_replace(convert_from(cut, 'UTF8'), ',"last":\\{[^}]*\\}', '', 'g')::bytea where id = '%s'""".formatted(old.id()));

        var found = latest(bot, 9);

        assertThat(found.nextOffset()).isZero();
        assertThat(found.snapshot()).isNull();
        assertThat(found.passedOver()).singleElement().asString().contains("does not say behind which record");
    }

    @Test
    void areNotOfAnotherLog() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        takenAfter(bot, 1, owner.claim(), owner.created(bot));

        assertThat(earlier.latest(new Wanted(bot, PARTITION, "made anew", null, Set.of(), _ -> true)))
                .isEmpty();
    }
}
