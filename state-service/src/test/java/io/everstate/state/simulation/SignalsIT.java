package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.everstate.state.oracle.ExpectedPartition;
import io.everstate.state.oracle.Outcome;
import io.everstate.state.oracle.PostgresStoredFold;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two real replicas under load of every kind, while something happens to them, to their group and to their database that nobody can refuse.
 * They go on by themselves, and what is stored then is the plain fold of the log.
 */
@Tag("SF11")
class SignalsIT {
    private static final int PARTITIONS = 6;
    private static final long SEED = 11;
    /** Records of each partition. */
    private static final int SOME = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(50);
    /** The shortest that a broker takes by default. */
    private static final Duration SESSION = Duration.ofSeconds(6);

    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(4);

    private static final String BACKENDS = """
        select pid from pg_stat_activity where datname = current_database() and application_name = 'state-service'
        order by state = 'active' desc, pid\
        """;

    private static final TestDatabase DATABASE = TestDatabase.empty();
    private static final TestLog LOG = TestLog.fresh(PARTITIONS);
    private static final Load LOAD = new Load(LOG, SEED);
    private static List<ServiceProcess> replicas;

    @BeforeAll
    static void start() {
        replicas = List.of(start("one"), start("two"));
        replicas.forEach(replica -> replica.awaitReady(PATIENCE));
    }

    private static ServiceProcess start(String instance) {
        return ServiceProcess.of("state-service")
                .configuration(DATABASE.configuration(LOG))
                .set("everstate.projection.instance-id", instance)
                .set("everstate.projection.session-timeout", SESSION)
                .set("everstate.projection.max-records", 100)
                .set("kafka.max.poll.interval.ms", MAX_POLL_INTERVAL.toMillis())
                .awaitingReadiness(false)
                .start();
    }

    @AfterAll
    static void stop() {
        replicas.forEach(ServiceProcess::close);
        LOG.close();
    }

    /** Where each partition stands; empty while the database is away. */
    private static List<Long> offsets() {
        try {
            return numbers("select next_offset from partition_offsets order by partition");
        } catch (SQLException _) {
            return List.of();
        }
    }

    private static List<Long> numbers(String query) throws SQLException {
        try (var connection = DATABASE.connections().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var numbers = new ArrayList<Long>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }

    /** Some more of the load is folded in every partition, by whomever. */
    private static void goesOn() {
        var before = new ArrayList<>(Collections.nCopies(PARTITIONS, 0L));
        Collections.copy(before, offsets());
        await().pollInterval(POLL).atMost(PATIENCE).until(() -> {
            var now = offsets();
            return now.size() == PARTITIONS
                    && IntStream.range(0, PARTITIONS).allMatch(number -> now.get(number) > before.get(number) + SOME);
        });
    }

    /** All that is written is folded, by the same processes as before. */
    private static void isThePlainFold() {
        var topic = LOG.topicId();
        var expected = new ArrayList<ExpectedPartition>();
        var ends = new ArrayList<Long>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var records = LOG.records(partition);
            expected.add(new ExpectedPartition(partition, topic, records));
            ends.add((long) records.size());
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(offsets()).isEqualTo(ends));
        var stored = new PostgresStoredFold(DATABASE.transactions());
        assertThat(Outcome.of(stored, PARTITIONS).differences(ExpectedPartition.outcome(expected)))
                .as("load of seed %d", SEED)
                .isEmpty();
        replicas.forEach(replica -> replica.awaitReady(PATIENCE));
    }

    @Test
    @Tag("SF5")
    void replicasAreFrozenWokenAndKilled() {
        try (var _ = LOAD.begin()) {
            for (var replica : replicas) {
                goesOn();
                replica.suspend();
                goesOn(); // also in its partitions: it is a zombie now
                replica.resume();
                goesOn();
            }
            replicas.getFirst().kill();
            goesOn();
            replicas.getFirst().restart();
        }

        isThePlainFold();
    }

    @Test
    void othersComeToTheGroupAndLeaveIt() {
        try (var _ = LOAD.begin()) {
            for (var time = 0; time < 4; time++) {
                try (var other = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                TestPlatform.shared().kafka(),
                                "group.id",
                                "group-" + LOG.topic(),
                                "partition.assignment.strategy",
                                CooperativeStickyAssignor.class.getName(),
                                "enable.auto.commit",
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
                    other.subscribe(List.of(LOG.topic()));
                    await().pollInterval(POLL).atMost(PATIENCE).until(() -> {
                        other.poll(POLL);
                        return !other.assignment().isEmpty();
                    });
                }
            }
            goesOn();
        }

        isThePlainFold();
    }

    @Test
    void theDatabasesProcessesAreKilled() throws SQLException {
        try (var _ = LOAD.begin()) {
            goesOn();
            kill(numbers(BACKENDS).getFirst());
            goesOn();
            kill(server());
            goesOn();
        }

        isThePlainFold();
    }

    /** The parent of all that answer. */
    private static long server() throws SQLException {
        try (var connection = DATABASE.connections().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow()
                    .pid();
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    @Test
    void statementsAreCancelledAndConnectionsCut() throws SQLException {
        try (var _ = LOAD.begin()) {
            goesOn();
            for (var time = 0; time < 20; time++) {
                numbers("select pg_cancel_backend(pid)::int from (%s) as backends".formatted(BACKENDS));
                numbers("select pg_terminate_backend(pid)::int from (%s limit 1) as backends".formatted(BACKENDS));
            }
            goesOn();
        }

        isThePlainFold();
    }

    /** The group takes the partitions from who does not come back to it in time, in the middle of a transaction. */
    @Test
    void aTableIsLockedForLongerThanTheGroupWaits() throws SQLException {
        try (var _ = LOAD.begin()) {
            goesOn();
            try (var connection = DATABASE.connections().getConnection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table trades in exclusive mode");
                await().pollDelay(MAX_POLL_INTERVAL.plusSeconds(1)).until(() -> true);
                connection.rollback();
            }
            goesOn();
        }

        isThePlainFold();
    }
}
