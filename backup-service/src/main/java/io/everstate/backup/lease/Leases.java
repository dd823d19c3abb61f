package io.everstate.backup.lease;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
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
              from unnest(?::text[], ?::bigint[]) as mine (name, fence)
             where lease.name = mine.name and lease.fence = mine.fence and lease.expires_at > clock_timestamp()
            returning lease.name, lease.fence""";
    private static final String RELEASE =
            "update lease set expires_at = clock_timestamp() where name = ? and fence = ?";

    private static final String HELD_BY_ANYBODY =
            "select count(*) from lease where starts_with(name, ?) and expires_at > clock_timestamp()";
    private static final String FORGET =
            "delete from lease where starts_with(name, ?) and expires_at < clock_timestamp() - interval '1 hour'";

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

    /** How many leases with names that begin so are held, by whichever replica. */
    public int held(String prefix) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(HELD_BY_ANYBODY)) {
            statement.setString(1, prefix);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** Forgets such that ended long ago. Only of names that are used once: another lease of the same name would have the fence of one that there was. */
    public void forget(String prefix) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(FORGET)) {
            statement.setString(1, prefix);
            statement.executeUpdate();
        }
    }

    private record Held(String name, long fence) {
        static Held of(Lease lease) {
            return new Held(lease.name(), lease.fence());
        }
    }

    /** The heartbeat of all that are held, in one statement. One that another took meanwhile is lost; while the database is away they run out. */
    public void renew() {
        var ours = List.copyOf(held);
        if (ours.isEmpty()) {
            return;
        }
        var askedAt = System.nanoTime();
        try {
            var renewed = renewed(ours);
            for (var lease : ours) {
                if (renewed.contains(Held.of(lease))) {
                    lease.renewed(askedAt);
                } else {
                    lease.lose();
                }
            }
        } catch (SQLException e) {
            LOG.warnf("The heartbeat of %d leases did not get through: %s", ours.size(), e.getMessage());
        }
    }

    private Set<Held> renewed(List<Lease> ours) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(RENEW)) {
            statement.setLong(1, configuration.ttl().toMillis());
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", ours.stream().map(Lease::name).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", ours.stream().map(Lease::fence).toArray()));
            try (var rows = statement.executeQuery()) {
                var found = new HashSet<Held>();
                while (rows.next()) {
                    found.add(new Held(rows.getString(1), rows.getLong(2)));
                }
                return found;
            }
        }
    }

    /** Lets the next one in at once; when that does not get through, after the time to live. One that is lost already has nothing to be let in for. */
    public void release(Lease lease) {
        var ours = lease.isHeld();
        held.remove(lease);
        lease.lose();
        if (!ours) {
            return;
        }
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
