package io.everstate.state.snapshot.validation;

import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;

/** When partitions were folded from the start of a log that was another than it had been: by what was found then. */
@Singleton
final class Losses {
    private static final String BETWEEN = """
            select partition from state_validation_results
            where kind = 'LOG_ANEW' and kind <> 'SNAPSHOT' and healed_at is null and happened_at > ? and happened_at <= ?""";

    private final Transactions transactions;

    Losses(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The partitions of which that was found behind one time, up to another. */
    Set<Integer> between(Instant from, Instant to) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(BETWEEN)) {
                statement.setObject(1, from.atOffset(ZoneOffset.UTC));
                statement.setObject(2, to.atOffset(ZoneOffset.UTC));
                var partitions = new TreeSet<Integer>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        partitions.add(rows.getInt(1));
                    }
                }
                return partitions;
            }
        });
    }
}
