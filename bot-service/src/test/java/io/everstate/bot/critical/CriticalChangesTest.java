package io.everstate.bot.critical;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.call.Call;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which changes wait for a backup, and what becomes of them without one. */
@Tag("SF12")
class CriticalChangesTest {
    private final SteppingClock clock = new SteppingClock();
    private final List<String> asked = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private String failure = "";

    private UUID take(String description, String key) {
        asked.add(description);
        if (!failure.isEmpty()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, failure);
        }
        return new UUID(0, asked.size());
    }

    private CriticalChanges changes(String... settings) {
        Map<String, String> given = Stream.of(settings)
                .map(setting -> setting.split("=", 2))
                .collect(toMap(setting -> "everstate.critical-changes." + setting[0], setting -> setting[1]));
        return new CriticalChanges(this::take, SampleConfiguration.of(CriticalConfiguration.class, given), clock);
    }

    private Response change(CriticalChanges changes, String by, boolean forwarded) {
        var call = new Call("DELETE", "/api/v1/bots/b", null, null, null, forwarded, null, "application/json");
        return changes.carryOut("bot b is deleted", by, call, () -> {
            done.add(by);
            return Response.ok().build();
        });
    }

    private Response change(CriticalChanges changes) {
        return change(changes, "ann", false);
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
        change(changes(), "state-service", false);
        change(changes(), "ann", true);

        assertThat(asked).isEmpty();
        assertThat(done).containsExactly("ann", "state-service", "ann");
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
                            new Call("DELETE", "/", null, null, null, false, null, "application/json"),
                            () -> Response.ok().build()))
                    .limit(20)
                    .toList();
            assertThat(threads.invokeAll(all))
                    .allSatisfy(one -> assertThat(backup((Response) one.get())).isEqualTo(new UUID(0, 1).toString()));
        }

        assertThat(asked).hasSize(1);
    }
}
