package io.everstate.state.restore.record;

import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Who wants restores to end before their time. Written down, so whoever goes on with one after a crash sees it too. */
@Singleton
public final class Cancellations {
    private static final String WISH = """
            update system_recovery_logs set cancelled_by = coalesce(cancelled_by, ?), cancelled_at = coalesce(cancelled_at, ?)
            where recovery = ? and ended_at is null""";

    private static final String ONE =
            "select cancelled_by, cancelled_at from system_recovery_logs where recovery = ? and cancelled_by is not null";

    private final Transactions transactions;

    Cancellations(Transactions transactions) {
        this.transactions = transactions;
    }

    /** @param by the first who wanted it */
    public record Cancellation(String by, Instant at) {}

    /** @return false when the restore has ended already */
    public boolean wish(Recovery recovery, Cancellation wished) {
        return transactions.write(connection -> {
            try (var statement = connection.prepareStatement(WISH)) {
                statement.setString(1, wished.by());
                statement.setTimestamp(2, Timestamp.from(wished.at()));
                statement.setLong(3, recovery.number());
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** Empty when nobody wants it. */
    public Optional<Cancellation> of(Recovery recovery) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(ONE)) {
                statement.setLong(1, recovery.number());
                try (var row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Cancellation(
                                    row.getString(1), row.getTimestamp(2).toInstant()))
                            : Optional.empty();
                }
            }
        });
    }
}
