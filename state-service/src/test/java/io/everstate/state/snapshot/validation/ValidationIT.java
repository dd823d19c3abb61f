package io.everstate.state.snapshot.validation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.TestLog;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.lease.Leases;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class ValidationIT {
    private static final int PARTITION = 8;

    private final TestLog log = TestLog.of(Topics.BOT_EVENTS, 12);

    @Inject
    Transactions transactions;

    @Inject
    SnapshotService snapshots;

    @Inject
    SnapshotRepository repository;

    @Inject
    SnapshotValidation validation;

    @Inject
    ValidationJob job;

    @Inject
    FoldStore folded;

    @Inject
    Leases leases;

    private int update(String statement, Object... values) {
        return transactions.write(connection -> {
            try (var prepared = connection.prepareStatement(statement)) {
                for (int i = 0; i < values.length; i++) {
                    prepared.setObject(i + 1, values[i]);
                }
                return prepared.executeUpdate();
            }
        });
    }

    private record Pair(SnapshotView base, SnapshotView incremental) {}

    /** An INCREMENTAL one that holds a bot of its base. */
    private Pair pair() {
        var owner = log.nextOwner(PARTITION);
        var bot = log.newBot(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        awaitSequence(bot, 2);
        var base = snapshots.take(SnapshotKind.FULL);
        log.write(PARTITION, List.of(owner.trade(bot, 3)));
        awaitSequence(bot, 3);
        var incremental = snapshots.take(SnapshotKind.INCREMENTAL);
        assertThat(incremental.kind()).isEqualTo("INCREMENTAL");
        assertThat(incremental.valid()).isTrue();
        return new Pair(base, incremental);
    }

    private void awaitSequence(BotId bot, long sequence) {
        await().untilAsserted(() -> assertThat(folded.find(PARTITION))
                .hasValueSatisfying(position -> assertThat(position.bots())
                        .anyMatch(state -> state.id().equals(bot) && state.sequence() == sequence)));
    }

    private List<String> findings(UUID snapshot) {
        return validation.validate(snapshot).findings();
    }

    @Test
    @Tag("EC1")
    void aBaseOfOtherContentIsFound() {
        var pair = pair();
        update(
                "update system_state_snapshots set base_sha256 = 'other' where id = ?",
                pair.incremental().id());

        assertThat(findings(pair.incremental().id()))
                .containsExactly("its base " + pair.base().id() + " is not the content that it was built on");
    }

    @Test
    @Tag("EC1")
    void aBaseThatIsNotValidIsFound() {
        var pair = pair();
        update(
                "update system_state_snapshots set valid = false where id = ?",
                pair.base().id());

        assertThat(findings(pair.incremental().id()))
                .containsExactly("its base " + pair.base().id() + " is not valid");
    }

    @Test
    @Tag("EC1")
    void aBaseThatIsNewerIsFound() {
        var pair = pair();
        var newer = snapshots.take(SnapshotKind.FULL);
        update(
                "update system_state_snapshots set base = ?, base_sha256 = ? where id = ?",
                newer.id(),
                newer.sha256(),
                pair.incremental().id());

        assertThat(findings(pair.incremental().id())).contains("its base " + newer.id() + " is newer");
    }

    @Test
    @Tag("EC1")
    void aCutThatGoesBackIsFound() {
        var pair = pair();
        update("""
                update system_state_snapshots set cut = convert_to(
                    regexp_replace(convert_from(cut, 'UTF8'), '("nextOffset":)[0-9]+,"epoch":[0-9]+', '\\19999999,"epoch":1', 'g'), 'UTF8')
                where id = ?""", pair.base().id());

        assertThat(findings(pair.incremental().id())).contains("the cut goes back in partition " + PARTITION);
    }

    /** The log lost its end and has grown beyond the base's place: offsets do not tell what changed in between. */
    @Test
    @Tag("SF13")
    void aBaseFromBeforeThePartitionWasFoldedAnewIsFound() {
        var pair = pair();
        update("""
                update system_state_snapshots set cut = convert_to(
                    regexp_replace(convert_from(cut, 'UTF8'), '("epoch":[0-9]+)', '\\1,"revision":77', 'g'), 'UTF8')
                where id = ?""", pair.incremental().id());

        assertThat(findings(pair.incremental().id()))
                .contains("partition %d was changed otherwise than by folding on in between".formatted(PARTITION));
    }

    @Test
    @Tag("SF13")
    void ofAChainOfAnEarlierVersionItIsFoundByWhatWasFoundInTheLog() {
        var pair = pair();
        forgetRecords(pair.base());
        forgetRecords(pair.incremental());
        found(FindingKind.LOG_ANEW, 1, pair.base().takenAt());
        found(FindingKind.LOG_ANEW, 2, pair.incremental().takenAt().plusMillis(1));
        found(FindingKind.REPLACED, 3, pair.incremental().takenAt());
        var before = findings(pair.incremental().id());
        found(FindingKind.LOG_ANEW, 4, pair.incremental().takenAt());

        var findings = findings(pair.incremental().id());

        update("delete from state_validation_results where topic_id = 'a test'");
        assertThat(before).as("of other times, or of something else").isEmpty();
        assertThat(findings)
                .containsExactly(
                        "partition %d was folded from the start of another log in between".formatted(PARTITION));
    }

    private void found(FindingKind kind, long occasion, Instant at) {
        update("""
                insert into state_validation_results
                    (kind, topic_id, partition, record_offset, bot, occasion, sequence, happened_at, findings, valid, validated_at)
                values (?, 'a test', ?, 1, ?, ?, 0, ?, 'a test', false, now())""", kind.name(), PARTITION, new UUID(0, 0), occasion, at.atOffset(ZoneOffset.UTC));
    }

    /** As if an earlier version had taken it. */
    private void forgetRecords(SnapshotView snapshot) {
        update("""
                update system_state_snapshots set cut = convert_to(
                    regexp_replace(convert_from(cut, 'UTF8'), ',"(revision":[0-9]+|last":\\{[^}]*\\})', '', 'g'), 'UTF8')
                where id = ?""", snapshot.id());
    }

    @Test
    @Tag("EC1")
    void aBotThatIsOlderThanInItsBaseIsFound() {
        var pair = pair();
        var again = snapshots.take(SnapshotKind.FULL);
        // the FULL one has the bot at event 3, the base that is now told to build on it at event 2
        update(
                "update system_state_snapshots set kind = 'INCREMENTAL', base = ?, base_sha256 = ? where id = ?",
                again.id(),
                again.sha256(),
                pair.base().id());

        var findings = findings(pair.base().id());

        update(
                "update system_state_snapshots set kind = 'FULL', base = null, base_sha256 = null where id = ?",
                pair.base().id());
        assertThat(findings).anyMatch(finding -> finding.endsWith("is at event 2, its base at 3"));
    }

    @Test
    @Tag("EC1")
    void aLoopIsFound() {
        var pair = pair();
        update(
                "update system_state_snapshots set kind = 'INCREMENTAL', base = ?, base_sha256 = ? where id = ?",
                pair.incremental().id(),
                pair.incremental().sha256(),
                pair.base().id());

        assertThat(findings(pair.incremental().id())).anyMatch(finding -> finding.endsWith("the chain is too long"));
        update(
                "update system_state_snapshots set kind = 'FULL', base = null, base_sha256 = null where id = ?",
                pair.base().id());
    }

    @Test
    void theScoreIsSaidAndKept() {
        var snapshot = pair().incremental();

        given().auth()
                .oauth2(TestIdentity.shared().token("operator"))
                .post("/api/v1/snapshots/" + snapshot.id() + "/validation")
                .then()
                .statusCode(200)
                .body("score", equalTo(100));
        update(
                "update system_state_snapshots set content = set_byte(content, 12, 255 - get_byte(content, 12)) where id = ?",
                snapshot.id());
        given().auth()
                .oauth2(TestIdentity.shared().token("operator"))
                .post("/api/v1/snapshots/" + snapshot.id() + "/validation")
                .then()
                .statusCode(200)
                .body("score", lessThan(100));

        assertThat(update(
                        "update state_validation_results r set score = score from system_state_snapshots s"
                                + " where s.snapshot = r.snapshot and s.id = ? and ((score = 100) = r.valid)",
                        snapshot.id()))
                .isEqualTo(3);
    }

    @Test
    @Tag("EC1")
    void whatNobodyLookedAtForLongestIsLookedAtNext() {
        update("delete from leases where name = 'snapshot-validation'");
        var snapshot = snapshots.take(SnapshotKind.FULL);
        update(
                "update state_validation_results r set validated_at = timestamptz '2001-01-01' from system_state_snapshots s"
                        + " where s.snapshot = r.snapshot and s.id = ?",
                snapshot.id());
        update(
                "update system_state_snapshots set content = set_byte(content, 12, 255 - get_byte(content, 12)) where id = ?",
                snapshot.id());
        assertThat(job.next()).contains(snapshot.id());

        job.lookAtOne();

        assertThat(repository.known(snapshot.id()).valid()).isFalse();
        assertThat(job.next()).isNotEqualTo(Optional.of(snapshot.id()));
    }

    @Test
    @Tag("EC1")
    void oneReplicaAtATimeLooksAgainAndNoneKeepsWhatAnotherLookedAtSince() {
        snapshots.take(SnapshotKind.FULL); // of a single one it is always the turn
        var snapshot = snapshots.take(SnapshotKind.FULL);
        update("delete from leases where name = 'snapshot-validation'");
        var other = leases.tryAcquire("snapshot-validation", "other", Duration.ofMinutes(1))
                .orElseThrow();
        var next = job.next();

        job.lookAtOne();

        assertThat(job.next()).as("nothing was looked at").isEqualTo(next);
        leases.release(other);
        job.lookAtOne();
        assertThat(job.next()).as("one was looked at").isNotEqualTo(next);
        assertThatThrownBy(() -> validation.validate(snapshot.id(), other)).isInstanceOf(LeaseLostException.class);
        update("delete from leases where name = 'snapshot-validation'");
    }

    /** A bot of which a FULL snapshot holds event 3. */
    private BotId kept() {
        var owner = log.nextOwner(PARTITION);
        var bot = log.newBot(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(bot), owner.started(bot), owner.trade(bot, 3)));
        awaitSequence(bot, 3);
        assertThat(findings(snapshots.take(SnapshotKind.FULL).id())).isEmpty();
        return bot;
    }

    private void isGone(BotId bot) {
        update("delete from trades where bot = (select bot from bots where id = ?)", bot.value());
        update("delete from bots where id = ?", bot.value());
    }

    @Test
    @Tag("EC1")
    void aBotThatIsGoneSinceTheFullOneBeforeItLowersTheScore() {
        var bot = kept();
        isGone(bot);

        var snapshot = snapshots.take(SnapshotKind.FULL);

        var found = validation.validate(snapshot.id());
        assertThat(found.findings())
                .containsExactly("bot " + bot + " is gone; the FULL one before it has it at event 3");
        assertThat(found.score()).isLessThan(100);
        assertThat(found.valid()).as("it is what was written").isTrue();
        given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/validations?limit=1")
                .then()
                .body("items[0].valid", equalTo(false))
                .body("items[0].snapshot", equalTo(snapshot.id().toString()));
        assertThat(findings(snapshots.take(SnapshotKind.FULL).id()))
                .as("it is said once")
                .isEmpty();
    }

    @Test
    void aBotThatIsGoneByAnAcceptedSwitchIsNoFinding() {
        var bot = kept();
        isGone(bot);
        update("""
                insert into rebuilds (id, status, reason, started_by, accepted, accepted_bots)
                values (gen_random_uuid(), 'CONFIRMED', 'a test', 'a test', 'it may', array[?::uuid])""", bot.value());

        assertThat(findings(snapshots.take(SnapshotKind.FULL).id())).isEmpty();
    }
}
