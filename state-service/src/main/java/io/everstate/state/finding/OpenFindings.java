package io.everstate.state.finding;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What was found and is not over. */
@Singleton
public final class OpenFindings {
    // A rebuild asks nobody for anything: what it meets was made good long ago, most often.
    private static final String GAPS = """
            select distinct r.bot
            from state_validation_results r join partition_offsets p on p.partition = r.partition and p.topic_id = r.topic_id
            where r.kind = 'GAP' and r.healed_at is null and p.next_offset >= p.announce_from and r.partition = any (?)""";

    private final Transactions transactions;

    OpenFindings(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The bots of these partitions of which events are missing. */
    public List<BotId> gaps(Set<Integer> partitions) {
        if (partitions.isEmpty()) {
            return List.of();
        }
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(GAPS)) {
                statement.setArray(1, connection.createArrayOf("int4", partitions.toArray(Integer[]::new)));
                var bots = new ArrayList<BotId>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        bots.add(new BotId(rows.getObject("bot", UUID.class)));
                    }
                }
                return bots;
            }
        });
    }
}
