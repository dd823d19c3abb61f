package io.everstate.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView.Evidence;
import io.everstate.contracts.recovery.RecoveryEvent;
import io.everstate.recovery.disaster.Disaster;
import io.everstate.recovery.disaster.Finding;
import io.everstate.recovery.plan.Memory;
import io.everstate.recovery.run.Run.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link RunStore} promises. Each test begins with an empty store. */
interface RunStoreContract {
    Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    Duration EXPIRY = Duration.ofSeconds(30);

    RunStore store();

    /** Announced by changes that were stored. */
    List<RecoveryEvent> events();

    int alerts();

    static Running run(DisasterType type, String subject, Instant at) {
        var evidence = List.of(new Evidence("one", "first", at), new Evidence("two", "second", at));
        var disaster = Disaster.of(new Finding(type, subject, at.minusSeconds(2), at, evidence), at);
        var steps = List.of(
                new RunStep(1, "first", new StepState.Pending()), new RunStep(2, "second", new StepState.Pending()));
        return new Running(disaster, at, steps, Memory.empty());
    }

    private boolean open(Running run) {
        return store().open(
                        run,
                        Announcements.opened(run.disaster(), run.startedAt()),
                        run.startedAt().minusSeconds(60));
    }

    private RunStore.Claim claim(String owner, Instant at) {
        return store().claim(owner, at, EXPIRY).orElseThrow();
    }

    private static Run finished(Running run, Instant at) {
        var state = new StepState.Done(NOW, at, 0, "done");
        var second = (Running) run.done(state, run.memory());
        return second.done(state, run.memory());
    }

    private static Run failed(Running run, Instant at) {
        return run.fail(new StepState.Broken(NOW, at, 3, "it broke"));
    }

    @Test
    default void givesBackARunAsItWasStored() {
        var run = run(DisasterType.DATA_CORRUPTION, "default", NOW);
        assertThat(open(run)).isTrue();
        var memory = Memory.empty()
                .withStopped(List.of(new BotId(new UUID(0, 1))))
                .withExpected(List.of())
                .withDamaged(Set.of("default:.env"))
                .withRestarted("bot-service", 42)
                .withNote("a note")
                .withTried(new UUID(0, 2))
                .withRestore(new Memory.Restore("default", new UUID(0, 3), "FULL", List.of(".env"), NOW, null));
        var active = new StepState.Active(NOW, NOW.plusSeconds(300), NOW.plusSeconds(1), 2);
        var changed = run.with(active).remember(memory);
        var claim = claim("me", NOW);

        store().save(changed, claim.fence(), NOW, Announcement.NONE);

        assertThat(claim.run()).isEqualTo(run);
        assertThat(store().find(run.id())).contains(changed);
        assertThat(store().open()).containsExactly(changed);
    }

    @Test
    default void givesBackAFailedAndACompletedRunAsTheyWereStored() {
        var one = run(DisasterType.DATA_CORRUPTION, "one", NOW);
        open(one);
        var failed = failed(one, NOW.plusSeconds(5));
        store().save(failed, claim("me", NOW).fence(), NOW, Announcement.NONE);
        var two = run(DisasterType.DATA_CORRUPTION, "two", NOW);
        open(two);
        var finished = finished(two, NOW.plusSeconds(6));
        store().save(finished, claim("me", NOW).fence(), NOW, Announcement.NONE);

        assertThat(store().find(one.id())).contains(failed);
        assertThat(store().find(two.id())).contains(finished);
        assertThat(store().open()).isEmpty();
        assertThat(store().claim("me", NOW, EXPIRY)).isEmpty();
    }

    @Test
    default void opensADisasterOfATypeAndSubjectOnlyOnce() {
        assertThat(open(run(DisasterType.CONFIG_LOSS, "default", NOW))).isTrue();

        assertThat(open(run(DisasterType.CONFIG_LOSS, "default", NOW.plusSeconds(9))))
                .isFalse();
        assertThat(open(run(DisasterType.CONFIG_LOSS, "other", NOW))).isTrue();
        assertThat(open(run(DisasterType.DATA_CORRUPTION, "default", NOW))).isTrue();
        assertThat(events()).as("nothing is announced of the refused one").hasSize(6);
        assertThat(alerts()).isEqualTo(3);
    }

    @Test
    default void opensItAgainAfterASuccessAtOnceAndAfterAFailureLater() {
        var first = run(DisasterType.CONFIG_LOSS, "default", NOW);
        open(first);
        store().save(finished(first, NOW), claim("me", NOW).fence(), NOW, Announcement.NONE);
        var second = run(DisasterType.CONFIG_LOSS, "default", NOW.plusSeconds(1));
        assertThat(open(second)).isTrue();
        store().save(failed(second, NOW.plusSeconds(2)), claim("me", NOW).fence(), NOW, Announcement.NONE);

        assertThat(open(run(DisasterType.CONFIG_LOSS, "default", NOW.plusSeconds(62))))
                .isFalse();
        assertThat(open(run(DisasterType.CONFIG_LOSS, "default", NOW.plusSeconds(63))))
                .isTrue();
    }

    @Test
    default void claimsTheMostSevereRunFirstAndTheOldestOfEquals() {
        open(run(DisasterType.CONFIG_LOSS, "a", NOW));
        open(run(DisasterType.SYSTEM_CRASH, "c", NOW.plusSeconds(2)));
        open(run(DisasterType.SYSTEM_CRASH, "b", NOW.plusSeconds(1)));

        var claimed = claim("me", NOW.plusSeconds(3)).run().disaster();

        assertThat(claimed.subject()).isEqualTo("b");
    }

    @Test
    default void leavesARunToItsHolderUntilItWasSilentTooLong() {
        open(run(DisasterType.CONFIG_LOSS, "a", NOW));
        open(run(DisasterType.CONFIG_LOSS, "b", NOW.plusSeconds(1)));
        claim("one", NOW);

        assertThat(store().claim("two", NOW.plusSeconds(29), EXPIRY))
                .as("one run at a time")
                .isEmpty();
        var taken = claim("two", NOW.plusSeconds(30));

        assertThat(taken.run().disaster().subject()).isEqualTo("a");
        assertThat(taken.idle()).isEqualTo(EXPIRY);
    }

    @Test
    default void countsASaveAsASignOfLife() {
        var run = run(DisasterType.CONFIG_LOSS, "a", NOW);
        open(run);
        var claim = claim("one", NOW);

        store().save(run, claim.fence(), NOW.plusSeconds(20), Announcement.NONE);

        assertThat(store().claim("two", NOW.plusSeconds(40), EXPIRY)).isEmpty();
    }

    @Test
    default void letsTheSameOwnerGoOnAtOnceAfterARestart() {
        open(run(DisasterType.CONFIG_LOSS, "a", NOW));
        var before = claim("one", NOW);

        var after = claim("one", NOW.plusSeconds(1));

        assertThat(after.fence()).isGreaterThan(before.fence());
    }

    @Test
    default void storesNothingOfAHolderThatWasOvertaken() {
        var run = run(DisasterType.CONFIG_LOSS, "a", NOW);
        open(run);
        var zombie = claim("one", NOW);
        claim("two", NOW.plusSeconds(31));
        var announcement = Announcements.opened(run.disaster(), NOW);

        assertThatThrownBy(() -> store().save(failed(run, NOW), zombie.fence(), NOW, announcement))
                .isInstanceOf(LeaseLostException.class);

        assertThat(store().find(run.id())).contains(run);
        assertThat(events()).as("those of the opening only").hasSize(2);
        assertThat(alerts()).isEqualTo(1);
    }

    @Test
    default void keepsAnEndedRunAsItEnded() {
        var run = run(DisasterType.CONFIG_LOSS, "a", NOW);
        open(run);
        var claim = claim("one", NOW);
        store().save(failed(run, NOW), claim.fence(), NOW, Announcement.NONE);

        assertThatThrownBy(() -> store().save(run, claim.fence(), NOW, Announcement.NONE))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    default void listsTheNewestFirstPageByPage() {
        var one = run(DisasterType.CONFIG_LOSS, "a", NOW);
        var two = run(DisasterType.CONFIG_LOSS, "b", NOW.plusSeconds(1));
        var three = run(DisasterType.CONFIG_LOSS, "c", NOW.plusSeconds(2));
        List.of(one, two, three).forEach(this::open);

        assertThat(store().newest(2, null)).containsExactly(three, two);
        assertThat(store().newest(2, two.id())).containsExactly(one);
    }
}
