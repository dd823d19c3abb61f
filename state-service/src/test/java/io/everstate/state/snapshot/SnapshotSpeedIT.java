package io.everstate.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotStates;
import io.everstate.state.snapshot.validation.SnapshotValidation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prints what it measures of a fleet of 10,000 bots, each with 100 trades; fails when it is far off. */
@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class SnapshotSpeedIT {
    private static final Logger LOG = Logger.getLogger(SnapshotSpeedIT.class);
    private static final int BOTS = 10_000;
    private static final int PARTITIONS = 12;
    private static final int FIRST_PARTITION = 1_000;
    private static final int ROUNDS = 5;
    private static final Duration BUSY_MACHINE = Duration.ofSeconds(30);

    @Inject
    Transactions transactions;

    @Inject
    SnapshotService snapshots;

    @Inject
    SnapshotStates states;

    @Inject
    SnapshotValidation validation;

    private final List<BotId> bots = new ArrayList<>();

    /** As the fold leaves them; every number of the trades is another one. */
    private static String traded() {
        var bot = Owner.newBot();
        var owner = new Owner(1);
        var fold = new PartitionFold();
        List<LogRecord> records = new ArrayList<>(List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        for (int sequence = 3; sequence < 110; sequence++) {
            records.add(owner.trade(bot, sequence));
        }
        records.forEach(fold::apply);
        var text = new String(TestJson.format().write(fold.find(bot).orElseThrow()), StandardCharsets.UTF_8);
        return text.replace(bot.toString(), "%ID%");
    }

    @BeforeEach
    void fill() {
        var random = new Random(7);
        var text = traded();
        transactions.write(connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into bots (id, partition, sequence, status, emergency, trades, restarts, profit, state, changed, era,
                                      kind, strategy, name, labels, last_activity)
                    values (?, ?, 109, 'RUNNING', false, 107, 0, 0, ?, 1, 0, 'TRADING', 'sma-cross', 'test', '{}', 0)""")) {
                for (int count = 0; count < BOTS; count++) {
                    var id = new UUID(random.nextLong(), random.nextLong());
                    bots.add(new BotId(id));
                    insert.setObject(1, id);
                    insert.setInt(2, FIRST_PARTITION + count % PARTITIONS);
                    insert.setBytes(
                            3,
                            different(text, random)
                                    .replace("%ID%", id.toString())
                                    .getBytes(StandardCharsets.UTF_8));
                    insert.addBatch();
                    if (count % 500 == 499) {
                        insert.executeBatch();
                    }
                }
                return BOTS;
            }
        });
    }

    /** The same trades for every bot would be compressed to nothing. */
    private static String different(String text, Random random) {
        var different = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf("\"price\":\"1"); at >= 0; at = text.indexOf("\"price\":\"1", from)) {
            different.append(text, from, at + 10).append(random.nextInt(1_000_000));
            from = at + 10;
        }
        return different.append(text.substring(from)).toString();
    }

    @AfterEach
    void empty() {
        transactions.write(connection -> {
            try (var delete = connection.prepareStatement("delete from bots where partition >= " + FIRST_PARTITION)) {
                return delete.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static long millis(Runnable work) {
        var begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    @Test
    void ofTenThousandBots() {
        for (int round = 1; round <= ROUNDS; round++) {
            var full = millis(
                    () -> assertThat(snapshots.take(SnapshotKind.FULL).valid()).isTrue());
            var newest = snapshots.newest().orElseThrow();
            var validated = millis(
                    () -> assertThat(validation.validate(newest.id()).valid()).isTrue());
            LOG.infof(
                    "FULL snapshot of %d bots, stored and validated: %d ms, of these validated: %d ms",
                    BOTS, full, validated);
            assertThat(full).isLessThan(BUSY_MACHINE.toMillis());
        }
        var newest = snapshots.newest().orElseThrow();
        LOG.infof("%d bytes a bot", newest.bytes() / BOTS);
        var finding = bots.subList(0, 200).stream()
                .mapToLong(bot ->
                        millis(() -> assertThat(states.find(newest.id(), bot)).isPresent()))
                .skip(50)
                .sorted()
                .toArray();
        LOG.infof(
                "one bot in it: p50 %d ms, p99 %d ms", finding[finding.length / 2], finding[finding.length * 99 / 100]);
        assertThat(finding[finding.length / 2]).isLessThan(1_000);
    }
}
