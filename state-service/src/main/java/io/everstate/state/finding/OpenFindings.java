package io.everstate.state.finding;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What was found and is not over. */
@Singleton
public final class OpenFindings {
    private static final Logger LOG = Logger.getLogger(OpenFindings.class);

    // A rebuild asks nobody for anything: what it meets was made good long ago, most often.
    private static final String GAPS = """
            select distinct r.bot
            from state_validation_results r join partition_offsets p on p.partition = r.partition and p.topic_id = r.topic_id
            where r.kind = 'GAP' and r.healed_at is null and p.next_offset >= p.announce_from and r.partition = any (?)""";

    private static final String ASKED = "; asked for ";

    // said again, as after a restart, it stands there once; what is written down last counts
    private static final String SAY = """
            update state_validation_results set findings = split_part(findings, ?, 1) || ? || ?
            where kind = 'GAP' and bot = ? and healed_at is null""";

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

    /** Says of a bot's gaps that its owner is asked for a checkpoint no longer, and why: in the findings, and as an error in the log. */
    public void giveUp(BotId bot, String why) {
        say(bot, "no longer: " + why);
        LOG.errorf("events of bot %s stay missing, and its owner is asked for a checkpoint no longer: %s", bot, why);
    }

    /** Says of a bot's gaps that its owner has not answered for long, and is asked still: in the findings, and as an error in the log. */
    public void unanswered(BotId bot, String why) {
        say(bot, "in vain so far: " + why);
        LOG.errorf(
                "events of bot %s are missing still, and its owner is asked for a checkpoint in vain so far: %s",
                bot, why);
    }

    private void say(BotId bot, String sentence) {
        var _ = transactions.write(connection -> {
            try (var statement = connection.prepareStatement(SAY)) {
                statement.setString(1, ASKED);
                statement.setString(2, ASKED);
                statement.setString(3, sentence);
                statement.setObject(4, bot.value());
                return statement.executeUpdate();
            }
        });
    }
}
