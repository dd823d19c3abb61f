package io.everstate.state.rebuild;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The bots of which a person accepted that they are other than they were, by a rebuild. */
@Singleton
public final class AcceptedBots {
    /** By so much the clocks of a replica and of the database may differ. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private static final String SINCE =
            "select distinct unnest(accepted_bots) from rebuilds where changed_at >= ? and accepted is not null";

    private final Transactions transactions;

    AcceptedBots(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Those that may have become other by a switch, or by going back from one, since then. */
    public Set<BotId> since(Instant time) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(SINCE)) {
                statement.setObject(1, time.minus(CLOCK_DIFFERENCE).atOffset(ZoneOffset.UTC));
                var bots = new HashSet<BotId>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        bots.add(new BotId(rows.getObject(1, UUID.class)));
                    }
                }
                return bots;
            }
        });
    }
}
