package io.everstate.bot.critical;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.call.Call;
import io.everstate.bot.critical.VerifiedBackups.Missing;
import io.everstate.bot.critical.VerifiedBackups.Outcome;
import io.everstate.bot.critical.VerifiedBackups.Taken;
import io.everstate.bot.critical.VerifiedBackups.Wish;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SampleProof;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.problem.ProblemException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which changes wait for a backup, and what becomes of them without one. */
@Tag("SF12")
class CriticalChangesTest {
    private static final String REPLICA = "a replica";

    private final SteppingClock clock = new SteppingClock();
    private final List<String> asked = new ArrayList<>();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private String failure = "";
    private boolean goesOn;

    private Outcome take(Wish wish, Duration patience) {
        asked.add(wish.description());
        keys.add(wish.key());
        return failure.isEmpty() ? new Taken(new UUID(0, asked.size())) : new Missing(failure, goesOn);
    }

    private CriticalChanges changes(String... settings) {
        return changes(this::take, settings);
    }

    private CriticalChanges changes(VerifiedBackups backups, String... settings) {
        Map<String, String> given = Stream.of(settings)
                .map(setting -> setting.split("=", 2))
                .collect(toMap(setting -> "everstate.critical-changes." + setting[0], setting -> setting[1]));
        return new CriticalChanges(
                backups, SampleConfiguration.of(CriticalConfiguration.class, given), new SampleProof(REPLICA), clock);
    }

    private Response change(CriticalChanges changes, String by, @Nullable String hop) {
        var call = new Call("DELETE", "/api/v1/bots/b", null, null, null, hop, null, "application/json");
        return changes.carryOut("bot b is deleted", by, call, () -> {
            done.add(by);
            return Response.ok().build();
        });
    }

    private Response change(CriticalChanges changes) {
        return change(changes, "ann", null);
    }

    private static String backup(Response response) {
        return String.valueOf(response.getHeaderString(CriticalChanges.BACKUP));
    }

    @Test
    void isMadeAfterABackupThatItsAnswerNames() {
        var response = change(changes());

        assertThat(asked).containsExactly("Backup before bot b is deleted");
        assertThat(backup(response)).isEqualTo(new UUID(0, 1).toString());
        assertThat(done).hasSize(1);
    }

    @Test
    void isRefusedWithoutABackupThatIsRequired() {
        failure = "the storage does not answer";
        var changes = changes("backup=required");

        assertThatThrownBy(() -> change(changes))
                .isInstanceOf(ProblemException.class)
                .hasMessage(
                        "no backup could be taken before bot b is deleted, and one is required: the storage does not answer");
        assertThat(done).isEmpty();
    }

    @Test
    void isMadeWithoutABackupThatIsOnlyWantedAndSaysSo() {
        failure = "the storage\ndoes not answer";

        var response = change(changes());

        assertThat(backup(response)).isEqualTo("none: the storage does not answer");
        assertThat(done).hasSize(1);
    }

    @Test
    void isNotWaitedWithWhereNobodyWantsABackup() {
        change(changes("backup=off"));
        change(changes(), "state-service", null);
        change(changes(), "ann", REPLICA);

        assertThat(asked).isEmpty();
        assertThat(done).containsExactly("ann", "state-service", "ann");
    }

    /** Any caller can send the header. */
    @Test
    void isWaitedWithWhereTheCallOnlySaysThatItWasPassedOn() {
        failure = "away";
        var changes = changes("backup=required");

        assertThatThrownBy(() -> change(changes, "ann", "1")).hasMessageContaining("away");
        assertThat(done).isEmpty();
    }

    @Test
    void sharesABackupForAMinute() {
        var changes = changes();
        change(changes);
        clock.advance(Duration.ofSeconds(59));
        var second = change(changes);
        clock.advance(Duration.ofSeconds(1));
        var third = change(changes);

        assertThat(asked).hasSize(2);
        assertThat(backup(second)).isEqualTo(new UUID(0, 1).toString());
        assertThat(backup(third)).isEqualTo(new UUID(0, 2).toString());
    }

    @Test
    void leavesABackupServiceThatFailedAloneForSomeSeconds() {
        var changes = changes();
        failure = "away";
        change(changes);
        failure = "";
        clock.advance(Duration.ofSeconds(10).minusMillis(1));
        assertThat(backup(change(changes))).isEqualTo("none: away");
        clock.advance(Duration.ofMillis(1));

        assertThat(backup(change(changes))).isEqualTo(new UUID(0, 2).toString());
    }

    @Test
    void asksOnceForManyAtOnce() throws InterruptedException {
        var changes = changes();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = Stream.<Callable<Object>>generate(() -> () -> changes.carryOut(
                            "bot b is deleted",
                            "ann",
                            new Call("DELETE", "/", null, null, null, null, null, "application/json"),
                            () -> Response.ok().build()))
                    .limit(20)
                    .toList();
            assertThat(threads.invokeAll(all))
                    .allSatisfy(one -> assertThat(backup((Response) one.get())).isEqualTo(new UUID(0, 1).toString()));
        }

        assertThat(asked).hasSize(1);
    }

    @Test
    void asksForTheSameBackupUntilItHasEndedAndCountsItFromWhenItWasAskedForFirst() {
        var changes = changes("backup=required");
        failure = "it goes on";
        goesOn = true;
        assertThatThrownBy(() -> change(changes)).hasMessageContaining("it goes on");
        clock.advance(Duration.ofSeconds(20));
        failure = "";

        var second = change(changes);
        clock.advance(Duration.ofSeconds(39));
        var third = change(changes);
        clock.advance(Duration.ofSeconds(1));
        change(changes);

        assertThat(backup(second)).isEqualTo(new UUID(0, 2).toString()).isEqualTo(backup(third));
        assertThat(keys).hasSize(3);
        assertThat(keys.get(1)).isEqualTo(keys.get(0));
        assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
    }

    /** Else backups pile up while what they need is away. */
    @Test
    void beginsNoSecondBackupWhileTheFirstMayGoOn() {
        var changes = changes();
        failure = "state-service does not answer";
        goesOn = true;
        for (var hour = 0; hour < 5; hour++) {
            change(changes);
            clock.advance(Duration.ofHours(1));
        }

        assertThat(keys).hasSize(5);
        assertThat(Set.copyOf(keys)).hasSize(1);
    }

    @Test
    void asksAnewWhereTheUnfinishedOneMayHaveEndedLongAgo() {
        var changes = changes();
        failure = "it goes on";
        goesOn = true;
        change(changes);
        clock.advance(Duration.ofMinutes(1));
        failure = "";

        assertThat(backup(change(changes))).isEqualTo(new UUID(0, 3).toString());
        assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
    }

    @Test
    void asksAnewWhenTheUnfinishedOneHasFailed() {
        var changes = changes();
        failure = "it goes on";
        goesOn = true;
        change(changes);
        clock.advance(Duration.ofSeconds(10));
        failure = "it is FAILED";
        goesOn = false;
        change(changes);

        assertThat(keys).hasSize(3);
        assertThat(keys.get(1)).isEqualTo(keys.get(0));
        assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
    }

    /** The others' answer never comes; the deadline is theirs and not this one's. */
    @Test
    @Timeout(30)
    void waitsNoLongerForItsTurnThanForABackup() throws Exception {
        var asking = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var changes = blocked(asking, end, "deadline=10MS");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> change(changes));
            asking.await();

            assertThat(backup(change(changes)))
                    .isEqualTo("none: backup-service has not answered those before within 10 ms");
            end.countDown();
            assertThat(backup(first.get())).isEqualTo(new UUID(0, 1).toString());
        }
    }

    /** Where a backup counts for its own change alone, ten changes that come while the first one asks need one more question and not ten. */
    @Test
    @Timeout(30)
    void oneAnswerIsThatOfAllWhoWaitedWhenItWasAskedFor() throws Exception {
        var asking = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var changes = blocked(asking, end, "deadline=20S", "covers=0S");
        var waiting = new ArrayList<Thread>();
        var first = Thread.ofPlatform().start(() -> change(changes));
        asking.await();
        for (var i = 0; i < 10; i++) {
            waiting.add(Thread.ofPlatform().start(() -> change(changes)));
        }
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        end.countDown();
        first.join();
        for (var thread : waiting) {
            thread.join();
        }

        assertThat(asked).hasSize(2);
        assertThat(done).hasSize(11);
    }

    /** The first question is answered when {@code end} comes. */
    private CriticalChanges blocked(CountDownLatch asking, CountDownLatch end, String... settings) {
        return changes(
                (wish, patience) -> {
                    asking.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return take(wish, patience);
                },
                settings);
    }
}
