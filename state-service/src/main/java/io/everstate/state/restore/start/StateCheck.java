package io.everstate.state.restore.start;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.content.BotRules;
import io.everstate.state.format.StoredState;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the stored states can be read, keep the rules of the fold, and agree with the columns beside them, which sums are made of. */
@Singleton
final class StateCheck {
    private static final int ROWS_AT_ONCE = 200;
    private static final String ALL = "select id, sequence, status, trades, state, older from bots order by id";

    private final Transactions transactions;
    private final JsonFormat json;

    StateCheck(Transactions transactions, JsonFormat json) {
        this.transactions = transactions;
        this.json = json;
    }

    /** @param patience then it is said how far the look came */
    void look(StartFindings findings, Duration patience) {
        var begin = System.nanoTime();
        var complete = transactions.read(connection -> {
            try (var statement = connection.prepareStatement(ALL)) {
                statement.setFetchSize(ROWS_AT_ONCE);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        if (System.nanoTime() - begin > patience.toNanos()) {
                            return false;
                        }
                        findings.bot(rows.getString("id"), defects(rows));
                    }
                }
                return true;
            }
        });
        findings.fact("%s%d bots were looked at, %d are not as they should be"
                .formatted(complete ? "" : "only ", findings.bots(), findings.brokenBots()));
    }

    private List<String> defects(ResultSet row) throws SQLException {
        try {
            var state = StoredState.of(row).read(json);
            var defects = new ArrayList<>(BotRules.broken(state));
            differing(row, state, defects);
            return defects;
        } catch (UnreadableRecordException e) {
            return List.of("the state cannot be read: " + e.getMessage());
        }
    }

    private static void differing(ResultSet row, BotState state, List<String> defects) throws SQLException {
        if (!row.getString("id").equals(state.id().toString())) {
            defects.add("the state is another bot's");
        }
        if (row.getLong("sequence") != state.sequence()) {
            defects.add("the column sequence differs from the state");
        }
        if (!row.getString("status").equals(state.lifecycle().status().name())) {
            defects.add("the column status differs from the state");
        }
        if (row.getLong("trades") != state.portfolio().trades()) {
            defects.add("the column trades differs from the state");
        }
    }
}
