package io.everstate.state;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.PartitionFold;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Tables with as many rows as somebody wants, whose figures need not agree with the states. */
public record ManyBots(TestDatabase database) {
    private static final UUID FORM = new UUID(0, 0);

    private static final String FILL = """
            insert into bots (id, partition, sequence, status, emergency, trades, restarts, profit, state,
                kind, strategy, name, labels, last_activity, changed, era)
            select md5('bot ' || n)::uuid, n % 12, 4, (array['RUNNING', 'STOPPED', 'PAUSED'])[1 + n % 3], n % 500 = 0, n % 1000, 0,
                (n * 7919 % 100003)::numeric / 100,
                convert_to(replace(?, ?, md5('bot ' || n)::uuid::text), 'UTF8'),
                case when n % 50 = 0 then 'EXTERNAL' else 'TRADING' end, 'strategy ' || n % 20, 'bot ' || n,
                array['env=' || (array['prod', 'test'])[1 + n % 2], 'desk=' || n % 100], 1700000000000 + n * 31 % 1000000, 0, 0
            from generate_series(1, ?) as n""";

    private static final String TRADES = """
            insert into trades (bot, sequence, leg, trade)
            select bot, number, 0, convert_to(replace(?, '"sequence":0', '"sequence":' || number), 'UTF8')
            from bots, generate_series(3, ?) as number""";

    private static final String PARKED = """
            insert into parked_bots (partition, bot, type, why, record_offset, epoch, sequence, since)
            select partition, id, 'a type', 'unknown', 7, 1, 5, 0 from bots where bot % 10 = 0""";

    /** Rows, and what the planner has to know of them. */
    public ManyBots fill(int bots, int tradesOfEach) {
        database.transactions().write(connection -> {
            try (var statement = connection.prepareStatement(FILL)) {
                statement.setString(1, form());
                statement.setString(2, FORM.toString());
                statement.setInt(3, bots);
                statement.executeUpdate();
            }
            try (var statement = connection.prepareStatement(TRADES)) {
                statement.setString(1, trade());
                statement.setInt(2, 2 + tradesOfEach);
                statement.executeUpdate();
            }
            return run(connection, PARKED) || run(connection, "analyze");
        });
        return this;
    }

    private static String form() {
        var bot = new BotId(FORM);
        var fold = new PartitionFold();
        var owner = new Owner(1);
        fold.apply(owner.claim());
        var state = ((Applied) fold.apply(owner.created(bot))).state();
        return new String(TestJson.format().write(state), StandardCharsets.UTF_8);
    }

    private static String trade() {
        var one = Amount.of(1);
        var trade = new Trade(0, "BTC/USD", Side.BUY, one, one, one, one, Instant.EPOCH, 7);
        return new String(TestJson.format().write(trade), StandardCharsets.UTF_8);
    }

    /** All ids in the order of a clause. */
    public List<String> ids(String order) {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement("select id from bots order by " + order);
                    var rows = statement.executeQuery()) {
                var ids = new ArrayList<String>();
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
                return ids;
            }
        });
    }

    /** One bot has another profit from now on. */
    public void earns(String bot, BigDecimal profit) {
        change(bot, "profit = " + profit.toPlainString());
    }

    /** One bot is folded up to this event. */
    public void reaches(String bot, long sequence) {
        change(bot, "sequence = " + sequence);
    }

    /** All of them run. */
    public void run() {
        database.transactions().write(connection -> run(connection, "update bots set status = 'RUNNING'"));
    }

    private void change(String bot, String set) {
        database.transactions()
                .write(connection -> run(connection, "update bots set %s where id = '%s'".formatted(set, bot)));
    }

    private static boolean run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }
}
