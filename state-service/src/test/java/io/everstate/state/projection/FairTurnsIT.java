package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotId;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One partition is far behind while bots of another one trade. */
class FairTurnsIT {
    private static final int BACKLOG = 200_000;
    private static final int TRANSACTION = 25_000;
    /** The one that was begun when an event was written, and the one that it goes with. */
    private static final int AT_MOST = 2 * TRANSACTION;

    private static final int AT_ONCE = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestDatabase database = TestDatabase.withTables();
    private final TestLog log = TestLog.fresh(2);
    private final Owner owner = new Owner(1);

    /** As of one moment. */
    private Map<Integer, Long> offsets() {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement("select partition, next_offset from partition_offsets");
                    var rows = statement.executeQuery()) {
                var offsets = new HashMap<>(Map.of(0, 0L, 1, 0L));
                while (rows.next()) {
                    offsets.put(rows.getInt(1), rows.getLong(2));
                }
                return offsets;
            }
        });
    }

    private Map<Integer, Long> awaitLive(long end) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(this::offsets, offsets -> offsets.getOrDefault(1, 0L) >= end);
    }

    private void writeBacklog(BotId bot) {
        log.write(0, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        for (int from = 0; from < BACKLOG; from += AT_ONCE) {
            log.write(
                    0,
                    IntStream.range(from, from + AT_ONCE)
                            .mapToObj(number -> owner.trade(bot, number + 3L))
                            .toList());
        }
    }

    @Test
    void whatIsLiveIsReadableLongBeforeTheBacklogIs() {
        writeBacklog(log.newBot(0));
        var live = log.newBot(1);
        log.write(1, List.of(owner.claim(), owner.created(live), owner.started(live)));

        try (var process = ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.projection.max-records", TRANSACTION)
                .awaitingReadiness(false)
                .start()) {
            var first = awaitLive(3);
            var latencies = Stream.iterate(3L, sequence -> sequence + 1)
                    .limit(20)
                    .map(sequence -> latency(live, sequence))
                    .takeWhile(seen -> seen.behind() > 0)
                    .toList();
            System.out.printf(
                    "live events readable while another partition was far behind, in the order of their writing: %s%n",
                    latencies);

            assertThat(first.get(0))
                    .as("folded of the backlog when the first were readable")
                    .isLessThanOrEqualTo(AT_MOST);
            assertThat(latencies)
                    .as("live events while it was behind")
                    .isNotEmpty()
                    .allMatch(seen -> seen.meanwhile() <= AT_MOST);
            await().atMost(PATIENCE).until(() -> offsets().getOrDefault(0, 0L) == BACKLOG + 3L);
            assertThat(process.isAlive()).isTrue();
        }
    }

    /**
     * @param behind how far the backlog's partition was when it was readable
     * @param meanwhile how much of the backlog was folded until then, from when it was written
     */
    private record Seen(long milliseconds, long behind, long meanwhile) {}

    private Seen latency(BotId live, long sequence) {
        var begun = System.nanoTime();
        var before = offsets().getOrDefault(0, 0L);
        log.write(1, List.of(owner.trade(live, sequence)));
        var readable = awaitLive(sequence + 1).getOrDefault(0, 0L);
        return new Seen(
                Duration.ofNanos(System.nanoTime() - begun).toMillis(), BACKLOG + 3L - readable, readable - before);
    }
}
