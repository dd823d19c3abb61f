package io.everstate.backup.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.TestPlatform;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas and a database. */
class LeasesIT {
    private static final String NAME = "workspace:default";

    private Leases first;
    private Leases second;
    private DataSource database;

    @BeforeEach
    void replicas() throws SQLException {
        var database = TestPlatform.shared().newDatabase();
        first = new Leases(source(database), new Quick());
        second = new Leases(source(database), new Quick());
        this.database = source(database);
        execute("create table lease (name text primary key, fence bigint not null, expires_at timestamptz not null)");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void oneAtATime() throws SQLException {
        assertThat(first.tryAcquire(NAME)).isPresent();

        assertThat(second.tryAcquire(NAME)).isEmpty();
        assertThat(second.tryAcquire("workspace:other")).isPresent();
    }

    @Test
    void theNextOneGetsAHigherFence() throws SQLException {
        var lease = first.tryAcquire(NAME).orElseThrow();
        first.release(lease);

        assertThat(second.tryAcquire(NAME).orElseThrow().fence()).isEqualTo(lease.fence() + 1);
    }

    @Test
    void runsOutWithoutAHeartbeatAndItsHolderFindsOut() throws SQLException {
        var lost = first.tryAcquire(NAME).orElseThrow();

        var taken =
                await().atMost(Duration.ofSeconds(10)).until(() -> second.tryAcquire(NAME), found -> found.isPresent());
        first.renew();

        assertThat(taken.orElseThrow().fence()).isGreaterThan(lost.fence());
        assertThatThrownBy(lost::check).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void staysWithItsHolderWhileTheHeartbeatGetsThrough() throws SQLException {
        var held = first.tryAcquire(NAME).orElseThrow();

        await().during(Duration.ofSeconds(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    first.renew();
                    return second.tryAcquire(NAME).isEmpty();
                });

        held.check();
    }

    /** Somebody who was taken for dead gives nothing back: it is another's by now. */
    @Test
    void aLateReleaseDoesNotTakeItFromTheNextHolder() throws SQLException {
        var lost = first.tryAcquire(NAME).orElseThrow();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> second.tryAcquire(NAME).isPresent());

        first.release(lost);

        assertThat(first.tryAcquire(NAME)).isEmpty();
    }

    @Test
    void countsThoseOfAKindThatAnybodyHolds() throws SQLException {
        first.tryAcquire("replica:a");
        second.tryAcquire("replica:b");
        second.tryAcquire("workspace:default");

        execute("update lease set expires_at = now() + interval '1 hour'");
        assertThat(first.held("replica:")).isEqualTo(2);
        execute("update lease set expires_at = now() where name = 'replica:a'");
        assertThat(first.held("replica:")).isEqualTo(1);
    }

    @Test
    void forgetsOnlyWhatEndedLongAgo() throws SQLException {
        var old = first.tryAcquire("replica:a").orElseThrow();
        execute("update lease set expires_at = now() - interval '2 hours'");
        var young = first.tryAcquire("replica:b").orElseThrow();
        first.release(young);

        first.forget("replica:");

        assertThat(first.tryAcquire("replica:a").orElseThrow().fence()).isEqualTo(old.fence());
        assertThat(first.tryAcquire("replica:b").orElseThrow().fence()).isGreaterThan(young.fence());
    }

    private static DataSource source(Database database) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(2)
                        .connectionFactoryConfiguration(connection -> connection
                                .jdbcUrl(database.url())
                                .principal(new NamePrincipal(database.user()))
                                .credential(new SimplePassword(database.password())))));
    }

    private record Quick() implements LeaseConfiguration {
        @Override
        public Duration ttl() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration heartbeat() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration poll() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int maxConcurrent() {
            return 1;
        }

        @Override
        public Duration shutdown() {
            return Duration.ofSeconds(1);
        }
    }
}
