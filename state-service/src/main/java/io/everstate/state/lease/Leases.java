package io.everstate.state.lease;

import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Leases as rows. The database's clock alone decides when one ends, so the clocks of the replicas need not agree. */
@Singleton
public final class Leases {
    private static final String ACQUIRE = """
            insert into leases (name, owner, fence, expires_at)
            values (?, ?, 1, clock_timestamp() + ? * interval '1 millisecond')
            on conflict (name) do update
            set owner = excluded.owner, fence = leases.fence + 1, expires_at = excluded.expires_at
            where leases.expires_at <= clock_timestamp()
            returning fence""";

    private static final String RENEW =
            "update leases set expires_at = clock_timestamp() + ? * interval '1 millisecond' where name = ? and fence = ?";

    private static final String RELEASE =
            "update leases set expires_at = clock_timestamp() where name = ? and fence = ?";

    private final Transactions transactions;

    public Leases(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Empty while another holds it.
     *
     * @param owner for people who look at the row
     */
    public Optional<Lease> tryAcquire(String name, String owner, Duration ttl) {
        return transactions.write(connection -> {
            try (var statement = connection.prepareStatement(ACQUIRE)) {
                statement.setString(1, name);
                statement.setString(2, owner);
                statement.setLong(3, ttl.toMillis());
                try (var row = statement.executeQuery()) {
                    return row.next() ? Optional.of(new Lease(name, owner, row.getLong(1))) : Optional.empty();
                }
            }
        });
    }

    /**
     * Holds it for that long from now on, also one that ran out and that nobody took over.
     *
     * @throws LeaseLostException when another holds it by now
     */
    public void renew(Lease lease, Duration ttl) {
        var renewed = transactions.write(connection -> {
            try (var statement = connection.prepareStatement(RENEW)) {
                statement.setLong(1, ttl.toMillis());
                statement.setString(2, lease.name());
                statement.setLong(3, lease.fence());
                return statement.executeUpdate() == 1;
            }
        });
        if (!renewed) {
            throw new LeaseLostException(lease.name());
        }
    }

    /** Lets the next one in at once; does nothing when another holds it by now. */
    public void release(Lease lease) {
        transactions.write(connection -> {
            try (var statement = connection.prepareStatement(RELEASE)) {
                statement.setString(1, lease.name());
                statement.setLong(2, lease.fence());
                return statement.executeUpdate();
            }
        });
    }
}
