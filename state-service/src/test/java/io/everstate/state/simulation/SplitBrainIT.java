package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.everstate.state.oracle.ExpectedPartition;
import io.everstate.state.oracle.Outcome;
import io.everstate.state.oracle.PostgresStoredFold;
import io.everstate.state.oracle.StoredFold;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standby was promoted while the old primary still takes what is written, and one replica writes to each. Neither knows of the other: what one
 * commits the other does not have. The offsets are with the states, so that each is the fold of the log up to its own.
 */
@Tag("SF11")
@Tag("SF13")
class SplitBrainIT {
    private static final long SEED = 17;
    private static final int PARTITIONS = 2;

    private final TestLog log = TestLog.fresh(PARTITIONS);
    private final Load load = new Load(log, SEED);

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        log.close();
    }

    private ServiceProcess.Builder service(TestDatabase database, String instance) {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.projection.instance-id", instance);
    }

    @Test
    void eachIsTheFoldUpToItsOwnOffsetsAndTheNewOneGoesOnAlone() throws Exception {
        try (var old = new OwnPostgres(Files.createDirectory(directory.resolve("old"))).started();
                var promoted = old.standby(Files.createDirectory(directory.resolve("new")))
                        .started()) {
            var oldDatabase = old.database("state");
            var newDatabase = promoted.database("state");
            var oldFold = new FoldUnderLoad(log, oldDatabase, SEED);
            var newFold = new FoldUnderLoad(log, newDatabase, SEED);
            Map<BotId, Long> read;
            try (var one = service(oldDatabase, "one").start()) {
                try (var _ = load.begin()) {
                    newFold.goesOn(); // what is streamed
                    promoted.execute("postgres", "select pg_promote()");
                    try (var two = service(newDatabase, "two").start()) {
                        oldFold.goesOn();
                        newFold.goesOn();
                        assertThat(old.one("postgres", "select pg_is_in_recovery()"))
                                .isEqualTo("f");
                        one.kill(); // who fences the old one is the cluster's operator
                        newFold.goesOn();
                        read = sequences(two);
                    }
                }
            }

            isTheFoldUpToItsOwnOffsets(oldDatabase);
            try (var two = service(newDatabase, "two").start()) {
                newFold.isThePlainFold(two);
                assertThat(sequences(two))
                        .allSatisfy((bot, sequence) ->
                                assertThat(sequence).isGreaterThanOrEqualTo(read.getOrDefault(bot, 0L)));
                assertThat(sequences(two).keySet()).containsAll(read.keySet());
            }
            try (var one = service(oldDatabase, "one").start()) {
                oldFold.isThePlainFold(one);
            }
        }
    }

    private static Map<BotId, Long> sequences(ServiceProcess process) {
        return new StateApi(process).bots().stream().collect(Collectors.toMap(BotState::id, BotState::sequence));
    }

    private void isTheFoldUpToItsOwnOffsets(TestDatabase database) {
        var stored = new PostgresStoredFold(database.transactions());
        var expected = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new ExpectedPartition(
                        number, log.topicId(), log.records(number).subList(0, (int) nextOffset(stored, number))))
                .toList();
        assertThat(Outcome.of(stored, PARTITIONS).differences(ExpectedPartition.outcome(expected)))
                .as("load of seed %d", SEED)
                .isEmpty();
    }

    private static long nextOffset(StoredFold stored, int partition) {
        return stored.store().find(partition).orElseThrow().nextOffset();
    }
}
