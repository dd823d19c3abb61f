package io.everstate.state.past;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.fold.ParkedRows;
import io.everstate.state.format.StoredState;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Bots as they are folded now, and up to where. */
@Singleton
final class PresentBots {
    private static final String ONE = """
            select b.id as bot, b.state, b.older, b.partition, p.topic_id, p.next_offset, p.anew_to is not null as anew,
                k.type, k.why, k.record_offset, k.epoch, k.sequence, k.since
            from bots b join partition_offsets p on p.partition = b.partition
                left join parked_bots k on k.partition = b.partition and k.bot = b.id
            where b.id = ?""";

    private final Transactions transactions;
    private final JsonFormat json;

    PresentBots(Transactions transactions, JsonFormat json) {
        this.transactions = transactions;
        this.json = json;
    }

    /** @throws ProblemException NOT_FOUND when there is no such bot */
    PresentBot known(BotId bot) {
        return find(bot).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no bot " + bot));
    }

    Optional<PresentBot> find(BotId bot) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(ONE)) {
                statement.setObject(1, bot.value());
                try (var row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new PresentBot(
                                    StoredState.of(row).read(json),
                                    row.getInt("partition"),
                                    row.getString("topic_id"),
                                    row.getLong("next_offset"),
                                    row.getBoolean("anew"),
                                    row.getString("type") == null ? null : ParkedRows.bot(row)))
                            : Optional.<PresentBot>empty();
                }
            }
        });
    }
}
