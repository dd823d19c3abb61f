package io.everstate.backup.lease;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Leases as rows. The database's clock alone decides when one ends, so the clocks of the replicas need not agree. */
@Singleton
public final class Leases {
    private static final Logger LOG = Logger.getLogger(Leases.class);
    private static final String ACQUIRE = """
            insert into lease (name, fence, expires_at) values (?, 1, clock_timestamp() + ? * interval '1 millisecond')
            on conflict (name) do update
               set fence = lease.fence + 1, expires_at = excluded.expires_at
             where lease.expires_at <= clock_timestamp()
            returning fence""";
    private static final String RENEW = """
            update lease set expires_at = clock_timestamp() + ? * interval '1 millisecond'
             where name = ? and fence = ? and expires_at > clock_timestamp()""";
    private static final String RELEASE =
            "update lease set expires_at = clock_timestamp() where name = ? and fence = ?";

    private final DataSource database;
    private final LeaseConfiguration configuration;
    private final Set<Lease> held = ConcurrentHashMap.newKeySet();

    public Leases(DataSource database, LeaseConfiguration configuration) {
        this.database = database;
        this.configuration = configuration;
    }

    /** Empty while another holds it. */
    public Optional<Lease> tryAcquire(String name) throws SQLException {
        var askedAt = System.nanoTime();
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(ACQUIRE)) {
            statement.setString(1, name);
            statement.setLong(2, configuration.ttl().toMillis());
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                var lease = new Lease(name, rows.getLong(1), configuration.ttl(), System::nanoTime, askedAt);
                held.add(lease);
                return Optional.of(lease);
            }
        }
    }

    /** The heartbeat of all that are held. One that another took meanwhile is lost; while the database is away they run out. */
    public void renew() {
        for (var lease : held) {
            try {
                renew(lease);
            } catch (SQLException e) {
                LOG.warnf("The heartbeat of %s did not get through: %s", lease.name(), e.getMessage());
            }
        }
    }

    private void renew(Lease lease) throws SQLException {
        var askedAt = System.nanoTime();
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(RENEW)) {
            statement.setLong(1, configuration.ttl().toMillis());
            statement.setString(2, lease.name());
            statement.setLong(3, lease.fence());
            if (statement.executeUpdate() == 1) {
                lease.renewed(askedAt);
            } else {
                lease.lose();
            }
        }
    }

    /** Lets the next one in at once; when that does not get through, after the time to live. */
    public void release(Lease lease) {
        held.remove(lease);
        lease.lose();
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(RELEASE)) {
            statement.setString(1, lease.name());
            statement.setLong(2, lease.fence());
            statement.executeUpdate();
        } catch (SQLException e) {
            LOG.warnf(
                    "The lease on %s could not be given back and runs out by itself: %s", lease.name(), e.getMessage());
        }
    }
}
