package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.segments.SegmentRow.Stored;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.contracts.backup.SegmentView.Status;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.TestPlatform;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever writes a tile thinks that he has the lease: the statements know. */
class SegmentRowsIT {
    private static final LogPartition PARTITION = new LogPartition("q3ZbH1b7RkWm0y8b2V5uXg", 3);
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Lease older = lease(1);
    private final Lease newer = lease(2);
    private DataSource source;
    private SegmentRows rows;

    private static Lease lease(long fence) {
        return new Lease(
                SegmentRows.leaseName(PARTITION), fence, Duration.ofHours(1), System::nanoTime, System.nanoTime());
    }

    @BeforeEach
    void start() throws SQLException {
        var database = TestPlatform.shared().newDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .load()
                .migrate();
        source = source(database);
        rows = new SegmentRows(source);
        rows.seen("everstate.bot.events", PARTITION);
        execute("insert into lease (name, fence, expires_at) values ('%s', 1, now() + interval '1 hour')"
                .formatted(SegmentRows.leaseName(PARTITION)));
    }

    private static DataSource source(Database database) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(2)
                        .connectionFactoryConfiguration(connection -> connection
                                .jdbcUrl(database.url())
                                .principal(new NamePrincipal(database.user()))
                                .credential(new SimplePassword(database.password())))));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static SegmentRow tile(long first, long end, String sha256) {
        var stored = new Stored(
                "segments/%d".formatted(first), 100, sha256, 10, NOON, NOON, "last of " + sha256, 100L, null);
        return new SegmentRow(PARTITION, first, end, Status.UPLOADING, stored);
    }

    private void archive(SegmentRow tile) {
        rows.lay(tile, older);
        rows.settle(tile, older);
    }

    /** Another replica has it now, which whoever holds the older one does not know yet. */
    private void passOn() throws SQLException {
        execute("update lease set fence = 2");
    }

    private void runOut() throws SQLException {
        execute("update lease set expires_at = now() - interval '1 second'");
    }

    private long archivedTo() {
        return rows.tip(PARTITION).map(SegmentRow::endOffset).orElse(0L);
    }

    @Test
    void tilesArePutOneBehindTheOther() {
        archive(tile(0, 10, "a"));
        archive(tile(10, 25, "b"));

        assertThat(archivedTo()).isEqualTo(25);
    }

    @Test
    void whoeverLostTheLeaseLaysNoTile() throws SQLException {
        passOn();

        assertThatThrownBy(() -> rows.lay(tile(0, 10, "a"), older)).isInstanceOf(LeaseLostException.class);

        assertThat(rows.find(PARTITION, 0)).isEmpty();
    }

    @Test
    void whoseLeaseRanOutLaysNoTile() throws SQLException {
        runOut();

        assertThatThrownBy(() -> rows.lay(tile(0, 10, "a"), older)).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void whoeverLostTheLeaseSettlesNothing() throws SQLException {
        var tile = tile(0, 10, "a");
        rows.lay(tile, older);
        passOn();

        assertThatThrownBy(() -> rows.settle(tile, older)).isInstanceOf(LeaseLostException.class);

        assertThat(archivedTo()).isZero();
    }

    @Test
    void whoseLeaseRanOutSettlesNothing() throws SQLException {
        var tile = tile(0, 10, "a");
        rows.lay(tile, older);
        runOut();

        assertThatThrownBy(() -> rows.settle(tile, older)).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void aTileThatAnotherLaidIsNotSettledByOnesOwn() throws SQLException {
        var tile = tile(0, 10, "a");
        rows.lay(tile, older);
        passOn();
        assertThatThrownBy(() -> rows.settle(tile, newer)).as("laid by whom").isInstanceOf(LeaseLostException.class);

        rows.lay(tile(0, 12, "b"), newer);

        assertThatThrownBy(() -> rows.settle(tile, newer))
                .as("with another object")
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    void noTileIsLaidBehindAGapOrOverAnother() {
        archive(tile(0, 10, "a"));

        assertThatThrownBy(() -> rows.lay(tile(11, 20, "b"), older)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> rows.lay(tile(9, 20, "b"), older)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> rows.lay(tile(0, 20, "b"), older)).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void whoeverLostTheLeaseStopsNoArchive() throws SQLException {
        passOn();

        assertThatThrownBy(() -> rows.diverge(PARTITION, "another log", older)).isInstanceOf(LeaseLostException.class);

        assertThat(rows.divergence(PARTITION)).isEmpty();
    }
}
