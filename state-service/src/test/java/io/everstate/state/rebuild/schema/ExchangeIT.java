package io.everstate.state.rebuild.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.Owner;
import io.everstate.state.TestConfiguration;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.lease.Fence;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.lease.Leases;
import io.everstate.state.log.EventLogConfiguration;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.platform.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The switch itself, against readers, writers and failures. */
class ExchangeIT {
    private static final Owner OWNER = new Owner(1);

    private final TestDatabase database = TestDatabase.withTables();
    private final Transactions transactions = database.transactions();
    private final TestLog log = TestLog.fresh(1);
    private final BotId bot = log.newBot(0);
    private final Projections projections = new Projections(
            transactions,
            new PartitionLog(
                    Map.of("bootstrap.servers", TestPlatform.shared().kafka()),
                    TestConfiguration.of(EventLogConfiguration.class, Map.of("everstate.log.topic", log.topic()))),
            StoredRecords.CODEC,
            TestJson.format(),
            TestConfiguration.of(RebuildConfiguration.class, Map.of()));
    private final Exchange exchange = new Exchange(transactions, projections);

    @BeforeEach
    void writeAndFold() {
        var entries = new ArrayList<LogRecord>(List.of(OWNER.claim(), OWNER.created(bot), OWNER.started(bot)));
        for (long sequence = 3; sequence < 10; sequence++) {
            entries.add(OWNER.trade(bot, sequence));
        }
        log.write(0, entries);
        fold(FoldStores.of(database));
        projections.prepare(Fence.NONE);
        projections.follow(Side.NEXT, () -> {});
    }

    /** Record by record, as many times as it takes for the server to keep its plans. */
    private void fold(FoldStore store) {
        var position = store.load(0, log.topicId());
        var projection = new PartitionProjection(0, position, StoredRecords.CODEC);
        log.records(0).stream()
                .filter(stored -> stored.offset() >= position.nextOffset())
                .forEach(stored -> store.commit(List.of(projection.fold(List.of(stored)))));
    }

    private void exchange() {
        exchange.exchange(Side.NEXT, Fence.NONE, _ -> {});
    }

    private List<String> shape(String schema) {
        return transactions.read(connection -> ProjectionTables.shape(connection, schema));
    }

    private long count(String query) {
        return transactions.read(connection -> Statements.number(connection, query));
    }

    /** Later migrations name columns, indexes and constraints. */
    @Test
    void theTablesAreAsTheMigrationsMadeThem() {
        var made = shape("public");

        exchange();

        assertThat(shape("public")).isEqualTo(made).hasSizeGreaterThan(40);
        assertThat(shape("public_previous")).isEqualTo(made);
        assertThat(shape("public_next")).isEmpty();
    }

    @Test
    void takesOverWhatTheTablesAreSetTo() {
        transactions.write(connection -> {
            Statements.run(connection, "alter table bots set (fillfactor = 80)");
            return 0;
        });

        projections.prepare(Fence.NONE);

        assertThat(shape("public_next")).isEqualTo(shape("public")).anyMatch(line -> line.contains("fillfactor=80"));
    }

    @Test
    void whoFoldedBeforeHasLostThePartitionAlsoOnAConnectionThatKeptItsPlans() throws SQLException {
        try (var kept = new KeptConnection(database.connections())) {
            var store = FoldStores.of(new Transactions(kept.pool()));
            log.write(0, List.of(OWNER.trade(bot, 10), OWNER.trade(bot, 11), OWNER.trade(bot, 12)));
            fold(store);
            for (int looks = 0; looks < 10; looks++) {
                store.find(0);
            }
            var position = store.load(0, log.topicId());
            var projection = new PartitionProjection(0, position, StoredRecords.CODEC);
            log.write(0, List.of(OWNER.trade(bot, 13)));
            var batch = projection.fold(log.records(0)
                    .subList((int) position.nextOffset(), log.records(0).size()));

            exchange();

            assertThatThrownBy(() -> store.commit(List.of(batch))).isInstanceOf(PartitionLostException.class);
            fold(store);
            assertThat(count("select count(*) from public.trades")).isEqualTo(11);
            assertThat(count("select count(*) from public_previous.trades")).isEqualTo(10);
            assertThat(store.find(0).orElseThrow().bots())
                    .containsExactlyElementsOf(log.foldedBots().values());
        }
    }

    @Test
    void theLastStretchIsFoldedWhileNobodyFolds() {
        log.write(0, List.of(OWNER.trade(bot, 10)));
        fold(FoldStores.of(database));

        exchange();

        assertThat(count("select count(*) from public.trades")).isEqualTo(8);
        assertThat(count("select max(sequence) from public.bots")).isEqualTo(10);
    }

    @Test
    void whatFailsInTheMiddleChangesNothing() {
        var before = count("select 'public.bots'::regclass::oid::bigint");

        assertThatThrownBy(() -> exchange.exchange(Side.NEXT, Fence.NONE, _ -> {
                    throw new SQLException("killed", "57P01");
                }))
                .isInstanceOf(ProblemException.class);

        assertThat(count("select 'public.bots'::regclass::oid::bigint")).isEqualTo(before);
        assertThat(shape("public_previous")).isEmpty();
        assertThat(shape("public_next")).isEqualTo(shape("public"));
    }

    @Test
    void givesWayToAReaderThatHoldsTheTables() {
        transactions.read(reading -> {
            Statements.number(reading, "select count(*) from trades");

            assertThatThrownBy(this::exchange).hasMessageContaining("for too long");

            return Statements.number(reading, "select count(*) from bots");
        });

        exchange();
        assertThat(shape("public_previous")).isNotEmpty();
    }

    /** A frozen process must not switch what another one has taken over. */
    @Test
    void whoLostTheLeaseSwitchesNothing() {
        var leases = new Leases(transactions);
        var lost = leases.tryAcquire("rebuild", "one", Duration.ofMillis(-1)).orElseThrow();
        assertThat(leases.tryAcquire("rebuild", "two", Duration.ofMinutes(1))).isPresent();

        assertThatThrownBy(() -> exchange.exchange(Side.NEXT, lost, _ -> {})).isInstanceOf(LeaseLostException.class);

        assertThat(shape("public_previous")).isEmpty();
    }

    @Test
    void whatIsKeptGoesOnFromWhereItStood() {
        exchange();
        log.write(0, List.of(OWNER.trade(bot, 10), OWNER.trade(bot, 11)));
        fold(FoldStores.of(database));

        assertThat(projections.canReturn()).isTrue();
        projections.follow(Side.PREVIOUS, () -> {});
        exchange.exchange(Side.PREVIOUS, Fence.NONE, _ -> {});

        assertThat(count("select count(*) from trades")).isEqualTo(9);
        assertThat(shape("public_previous")).isEmpty();
        assertThat(shape("public_next")).isEmpty();
    }

    @Test
    void tablesOfAnotherVersionAreMadeAnewAndCannotReturn() {
        exchange();
        projections.prepare(Fence.NONE);
        projections.follow(Side.NEXT, () -> {});
        transactions.write(connection -> {
            Statements.run(connection, "alter table bots add column later bigint");
            return 0;
        });

        projections.prepare(Fence.NONE);

        assertThat(projections.canReturn()).isFalse();
        assertThat(count("select count(*) from public_next.partition_offsets")).isZero();
        assertThat(shape("public_next")).isEqualTo(shape("public"));
    }
}
