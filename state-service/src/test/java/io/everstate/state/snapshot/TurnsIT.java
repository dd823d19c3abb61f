package io.everstate.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.TestConfiguration;
import io.everstate.state.TestDatabase;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.lease.Leases;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("EC1")
class TurnsIT {
    private final TestDatabase database = TestDatabase.withTables();
    private final Leases leases = new Leases(database.transactions());

    private Turns turns(String patience) {
        return new Turns(
                leases, TestConfiguration.of(TurnConfiguration.class, Map.of("everstate.snapshot.patience", patience)));
    }

    private void taken(String owner, Duration ttl) {
        assertThat(leases.tryAcquire("snapshots", owner, ttl)).isPresent();
    }

    @Test
    void whoIsAskedForOneWaitsForTheOneThatIsBeingTaken() {
        taken("other", Duration.ofMillis(500));
        var begin = System.nanoTime();

        var done = turns("30s").inTurn(_ -> System.nanoTime() - begin);

        assertThat(Duration.ofNanos(done)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void doesNotWaitForEver() {
        taken("other", Duration.ofMinutes(1));

        assertThatThrownBy(() -> turns("300ms").inTurn(_ -> "done"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
        assertThat(turns("300ms").within(Duration.ZERO, _ -> "done")).isEmpty();
    }

    @Test
    void oneComesAfterTheOtherAlsoInOneProcess() {
        var turns = turns("30s");
        var working = new AtomicInteger();

        var most = IntStream.range(0, 6)
                .parallel()
                .map(_ -> turns.inTurn(_ -> {
                    var now = working.incrementAndGet();
                    turns.within(Duration.ofMillis(150), _ -> "never");
                    working.decrementAndGet();
                    return now;
                }))
                .max();

        assertThat(most).hasValue(1);
    }

    /** As a process that was stopped, or hangs. */
    @Test
    void whoWasTakenForDeadWritesNothing() {
        assertThatThrownBy(() -> turns("30s").inTurn(lease -> {
                    expire();
                    turns("30s").inTurn(_ -> "the next one");
                    return database.transactions().write(connection -> {
                        lease.check(connection);
                        return "written";
                    });
                }))
                .isInstanceOf(LeaseLostException.class);
    }

    private void expire() {
        database.transactions().write(connection -> {
            try (var statement = connection.prepareStatement("update leases set expires_at = clock_timestamp()")) {
                return statement.executeUpdate();
            }
        });
    }

    @Test
    void whoTakesLongerThanItsLeaseKeepsItsTurn() {
        var quick = new Turns(
                leases,
                TestConfiguration.of(
                        TurnConfiguration.class,
                        Map.of("everstate.snapshot.lease", "200ms", "everstate.snapshot.patience", "1s")));

        assertThatThrownBy(() -> quick.inTurn(_ -> quick.inTurn(_ -> "the next one")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    @Test
    void whoHangsLosesIt() {
        var quick = new Turns(
                leases,
                TestConfiguration.of(
                        TurnConfiguration.class,
                        Map.of("everstate.snapshot.lease", "200ms", "everstate.snapshot.longest", "300ms")));

        String done = quick.inTurn(_ -> quick.inTurn(_ -> "the next one"));

        assertThat(done).isEqualTo("the next one");
    }
}
