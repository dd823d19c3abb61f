package io.everstate.backup.segments;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.everstate.backup.lease.LeaseConfiguration;
import io.everstate.backup.lease.Leases;
import io.everstate.backup.packing.Compression;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.platform.Defaults;
import io.everstate.backup.platform.JacksonFormat;
import io.everstate.platform.testkit.TestPlatform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** The archive as the service puts it together, with a database of its own: looks every 100 ms, with leases that nobody has to renew. */
final class ArchiveParts implements AutoCloseable {
    final WatchedStore store = new WatchedStore();
    final SegmentMetrics metrics;
    final SegmentsConfiguration configuration;
    final EventTopic topic;
    final SegmentRows rows;
    final SegmentObjects objects;
    final Leases leases;
    final PartitionArchivers archivers;
    final PartitionLooks looks;

    private final AgroalDataSource database;
    private final Map<String, Object> kafka;

    ArchiveParts(String topicName, Clock clock) throws SQLException {
        this(topicName, clock, Map.of());
    }

    /** @param settings below {@code everstate.segments.} */
    ArchiveParts(String topicName, Clock clock, Map<String, String> settings) throws SQLException {
        database = migrated();
        kafka = Map.of("bootstrap.servers", TestPlatform.shared().kafka());
        configuration = configuration(topicName, settings);
        metrics = new SegmentMetrics(new SimpleMeterRegistry(), clock);
        topic = new EventTopic(kafka, configuration);
        rows = new SegmentRows(database);
        objects = new SegmentObjects(store, SamplePackings.of(Compression.ZSTD, 1), new JacksonFormat());
        leases = new Leases(database, Defaults.of(LeaseConfiguration.class, Map.of("everstate.lease.ttl", "10m")));
        archivers = new PartitionArchivers(topic, rows, objects, metrics, leases);
        looks = new PartitionLooks(metrics, clock);
    }

    private static SegmentsConfiguration configuration(String topicName, Map<String, String> settings) {
        var keys = new HashMap<>(Map.of("everstate.segments.topic", topicName, "everstate.segments.every", "PT0.1S"));
        settings.forEach((key, value) -> keys.put("everstate.segments." + key, value));
        return Defaults.of(SegmentsConfiguration.class, keys);
    }

    private static AgroalDataSource migrated() throws SQLException {
        var database = TestPlatform.shared().newDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .load()
                .migrate();
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(8)
                        .connectionFactoryConfiguration(connection -> connection
                                .jdbcUrl(database.url())
                                .principal(new NamePrincipal(database.user()))
                                .credential(new SimplePassword(database.password())))));
    }

    ArchiveLoop loop() {
        var tails = new PartitionTails(new LogReader(kafka, configuration), configuration);
        return new ArchiveLoop(topic, rows, archivers, tails, looks, configuration);
    }

    void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        topic.close();
        database.close();
    }
}
