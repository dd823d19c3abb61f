package io.everstate.state.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.everstate.state.lease.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The snapshots that nobody asks for. */
class SnapshotJobIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANOTHERS_TURN = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final TestLog log = TestLog.fresh(1);
    private final TestDatabase database = TestDatabase.empty();

    private record Taken(String kind, Instant at, long bots) {}

    private ServiceProcess.Builder service() {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.snapshot.min-gap", "1s");
    }

    /** All that verified, the oldest first. */
    private List<Taken> valid() {
        return database.transactions().read(connection -> {
            var taken = new ArrayList<Taken>();
            try (var statement = connection.prepareStatement(
                            "select kind, taken_at, bots from system_state_snapshots where valid order by snapshot");
                    var rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.add(new Taken(
                            rows.getString(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant(),
                            rows.getLong(3)));
                }
            }
            return taken;
        });
    }

    private void awaitValid(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(valid()).hasSizeGreaterThanOrEqualTo(count));
    }

    private static List<Duration> gaps(List<Taken> taken) {
        return IntStream.range(1, taken.size())
                .mapToObj(i ->
                        Duration.between(taken.get(i - 1).at(), taken.get(i).at()))
                .toList();
    }

    @Test
    @Tag("EC1")
    void fullAndIncrementalOnesAreTakenAtTheirIntervals() {
        try (var process = service()
                .set("everstate.snapshot.interval", "4s")
                .set("everstate.snapshot.incremental-interval", "1s")
                .start()) {
            assertThat(process.isAlive()).isTrue();
            awaitValid(7);
        }

        assertThat(valid())
                .extracting(Taken::kind)
                .startsWith("FULL", "INCREMENTAL")
                .containsSubsequence("INCREMENTAL", "FULL", "INCREMENTAL");
    }

    /** One that comes more often than any is due would put it off for ever. */
    @Test
    @Tag("EC1")
    void oneForABackupDoesNotPutOffTheScheduledOne() {
        try (var process =
                service().set("everstate.snapshot.incremental-interval", "3s").start()) {
            var api = new StateApi(process);

            await().atMost(PATIENCE).untilAsserted(() -> {
                api.post("/api/v1/snapshots", "{\"kind\":\"FULL\",\"purpose\":\"BACKUP\"}")
                        .statusCode(201);
                assertThat(points()).isPositive();
            });
        }
    }

    /** How many that somebody can mean by the newest one. */
    private long points() {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement(
                            "select count(*) from system_state_snapshots where valid and purpose = 'RESTORE_POINT'");
                    var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    @Test
    @Tag("EC1")
    void aLastOneIsTakenInItsTurnWhenTheServiceStops() {
        Instant ends;
        var owner = new Owner(1);
        log.write(0, List.of(owner.claim(), owner.created(log.newBot(0))));
        try (var process = service().start()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.systemState().bots()).isEqualTo(1));
            assertThat(valid()).isEmpty();
            new Leases(database.transactions()).tryAcquire("snapshots", "another replica", ANOTHERS_TURN);
            ends = Instant.now().plus(ANOTHERS_TURN);
        }

        assertThat(valid()).extracting(Taken::kind, Taken::bots).containsExactly(tuple("FULL", 1L));
        assertThat(valid().getFirst().at()).as("in its turn").isAfter(ends.minusMillis(500));
    }

    @Test
    @Tag("EC1")
    void afterAPauseOfTheProcessOneIsTakenAndNotOneForEachThatWasMissed() {
        try (var process =
                service().set("everstate.snapshot.incremental-interval", "1s").start()) {
            awaitValid(2);
            process.suspend();
            var before = valid().size();
            await().pollDelay(PAUSE).atMost(PAUSE.plusSeconds(5)).until(() -> true);
            process.resume();
            awaitValid(before + 3);
        }

        var gaps = gaps(valid());
        assertThat(gaps).anyMatch(gap -> gap.compareTo(PAUSE.minusSeconds(1)) >= 0);
        assertThat(gaps.subList(0, gaps.size() - 1))
                .as("but for the last one, at the end of the service")
                .allMatch(gap -> gap.compareTo(Duration.ofSeconds(1)) >= 0);
    }

    @Test
    @Tag("EC1")
    void aBurstOfLargeTradesIsOneSnapshot() {
        var owner = new Owner(1);
        var bot = log.newBot(0);
        log.write(0, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        try (var process = service()
                .set("everstate.snapshot.significant-notional", "10")
                .set("everstate.snapshot.min-gap", "4s")
                .start()) {
            log.write(
                    0,
                    LongStream.range(3, 203)
                            .mapToObj(sequence -> owner.trade(bot, sequence))
                            .toList());
            awaitValid(1);
            var api = new StateApi(process);
            await().pollDelay(Duration.ofSeconds(10))
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
            // a second one when the burst was still being folded while the first one was taken
            assertThat(valid()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    @Tag("EC1")
    void anEmergencyStopIsFollowedByASnapshot() {
        var owner = new Owner(1);
        var bot = log.newBot(0);
        log.write(0, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        try (var process = service().start()) {
            assertThat(process.isAlive()).isTrue();
            assertThat(valid()).isEmpty();

            log.write(0, List.of(owner.record(bot, 3, new EmergencyStopped("drawdown", Amount.of("0.3")))));

            awaitValid(1);
        }
    }

    @Test
    void ofTwoReplicasOneTakesEach() {
        try (var one = service()
                        .set("everstate.projection.instance-id", "one")
                        .set("everstate.snapshot.incremental-interval", "1s")
                        .awaitingReadiness(false)
                        .start();
                var two = service()
                        .set("everstate.projection.instance-id", "two")
                        .set("everstate.snapshot.incremental-interval", "1s")
                        .start()) {
            awaitValid(6);
            one.kill();
            two.kill();
        }

        assertThat(gaps(valid())).allMatch(gap -> gap.compareTo(Duration.ofSeconds(1)) >= 0);
    }
}
