package io.everstate.state.rebuild.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestDatabase;
import io.everstate.state.platform.Transactions;
import io.everstate.state.rebuild.schema.TradeCounts.Noted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trades are counted piece by piece, and all of them. */
class TradeCountsIT {
    private static final String WRONG = """
            select count(*) from noted n left join public.bots b on b.id = n.bot
            where n.trades <> (select count(*) from public.trades t where t.bot = b.bot)""";

    private final Transactions transactions = TestDatabase.withTables().transactions();

    private static void bots(Connection connection, int bots) throws SQLException {
        Statements.run(connection, """
                insert into bots (id, partition, sequence, status, emergency, trades, restarts, profit, state, kind, strategy, name, labels, last_activity,
                    changed, era)
                select gen_random_uuid(), 0, 1, 'STOPPED', false, 0, 0, 0, '', 'TRADING', 's', 'n', '{}', 0, 0, 0
                from generate_series(1, %d)""".formatted(bots));
    }

    private static void notes(Connection connection) throws SQLException {
        Statements.run(connection, "create table noted as select id as bot, 0::bigint as trades from bots");
    }

    private long wrong() {
        return transactions.read(connection -> Statements.number(connection, WRONG));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
    void ofEachBotAllAreCountedWhereverThePiecesEnd(long seed) {
        var random = new Random(seed);
        transactions.write(connection -> {
            bots(connection, 6);
            for (var trade = 0; trade < 120; trade++) {
                Statements.run(
                        connection,
                        "insert into trades (bot, sequence, leg, trade) select bot, %d, %d, '' from bots where bot %% 6 = %d on conflict do nothing"
                                .formatted(random.nextInt(40), random.nextInt(4), random.nextInt(5)));
            }
            notes(connection);
            new TradeCounts(1 + random.nextInt(7)).count(connection, new Noted("public", "noted"), () -> {});
            return 0;
        });

        assertThat(wrong()).isZero();
        assertThat(transactions.<Long>read(
                        connection -> Statements.number(connection, "select sum(trades) from noted")))
                .isPositive();
    }

    @Test
    void oneStatementLooksAtNoMoreThanItMayHoweverManyABotHas() {
        var pieces = new AtomicInteger();
        transactions.write(connection -> {
            bots(connection, 1);
            Statements.run(
                    connection,
                    "insert into trades (bot, sequence, leg, trade) select bot, s, 0, '' from bots, generate_series(1, 1000) s");
            notes(connection);
            new TradeCounts(100).count(connection, new Noted("public", "noted"), pieces::incrementAndGet);
            return 0;
        });

        assertThat(pieces).hasValue(10);
        assertThat(wrong()).isZero();
    }
}
