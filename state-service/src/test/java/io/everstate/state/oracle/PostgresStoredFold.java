package io.everstate.state.oracle;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Trade;
import io.everstate.state.TestJson;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.FoldedTrade;
import io.everstate.state.fold.SkipCounts;
import io.everstate.state.platform.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** In the service's tables. */
public final class PostgresStoredFold implements StoredFold {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String TRADES =
            "select b.id, t.sequence, t.leg, t.trade from trades t join bots b on b.bot = t.bot";
    private static final String COUNTS = "select * from partition_offsets where partition = ?";
    private static final String FINDINGS = """
        select kind, topic_id, partition, bot, occasion, healed_at is not null as over
        from state_validation_results where kind <> 'SNAPSHOT'\
        """;

    private final Transactions transactions;
    private final FoldStore store;

    public PostgresStoredFold(Transactions transactions) {
        this.transactions = transactions;
        this.store = FoldStores.of(transactions);
    }

    @Override
    public FoldStore store() {
        return store;
    }

    @Override
    public List<FoldedTrade> trades() {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(TRADES);
                    var rows = statement.executeQuery()) {
                var trades = new ArrayList<FoldedTrade>();
                while (rows.next()) {
                    trades.add(trade(rows));
                }
                return trades;
            }
        });
    }

    private static FoldedTrade trade(ResultSet row) throws SQLException {
        var trade = TestJson.format().read(row.getBytes("trade"), Trade.class);
        if (trade.sequence() != row.getLong("sequence") || trade.leg() != row.getInt("leg")) {
            throw new IllegalStateException("the key of a row is not that of its trade " + trade);
        }
        return new FoldedTrade(new BotId(row.getObject("id", UUID.class)), trade);
    }

    @Override
    public SkipCounts skipped(int partition) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(COUNTS)) {
                statement.setInt(1, partition);
                try (var row = statement.executeQuery()) {
                    return row.next()
                            ? new SkipCounts(
                                    row.getLong("stale_claims"),
                                    row.getLong("fenced"),
                                    row.getLong("duplicates"),
                                    row.getLong("gaps"),
                                    row.getLong("refused"),
                                    row.getLong("parked"))
                            : SkipCounts.NONE;
                }
            }
        });
    }

    @Override
    public Map<Found, Boolean> findings() {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(FINDINGS);
                    var rows = statement.executeQuery()) {
                var findings = new HashMap<Found, Boolean>();
                while (rows.next()) {
                    findings.put(found(rows), rows.getBoolean("over"));
                }
                return findings;
            }
        });
    }

    private static Found found(ResultSet row) throws SQLException {
        var bot = row.getObject("bot", UUID.class);
        return new Found(
                FindingKind.valueOf(row.getString("kind")),
                row.getString("topic_id"),
                row.getInt("partition"),
                NOBODY.equals(bot) ? null : new BotId(bot),
                row.getLong("occasion"));
    }
}
