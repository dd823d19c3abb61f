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
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.LoggedRecord;
import io.everstate.backup.segments.format.SegmentContent;
import io.everstate.backup.segments.format.SegmentOrigin;
import io.everstate.backup.segments.format.SegmentWriter;
import io.everstate.contracts.backup.SegmentPartitionView.Gap;
import io.everstate.contracts.backup.SegmentView;
import io.everstate.platform.testkit.TestPlatform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.record.MemoryRecords;
import org.flywaydb.core.Flyway;

/** The archive as the service puts it together, with a database of its own: looks every 100 ms, with leases that nobody has to renew. */
public final class ArchiveParts implements AutoCloseable {
    public final WatchedStore store = new WatchedStore();
    final SegmentMetrics metrics;
    final SegmentsConfiguration configuration;
    final EventTopic topic;
    final SegmentRows rows;
    public final SegmentObjects objects;
    public final Leases leases;
    final PartitionArchivers archivers;
    final PartitionLooks looks;
    public final SegmentFindings findings;

    private final AgroalDataSource database;
    private final Map<String, Object> kafka;

    public ArchiveParts(String topicName, Clock clock) throws SQLException {
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
        findings = new SegmentFindings(rows);
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

    public void seen(SegmentOrigin origin) {
        rows.seen(origin.topic(), origin.partition());
    }

    /** Archives a segment of made-up records with these offsets. */
    public void archive(SegmentOrigin origin, long first, long end) throws SQLException {
        var partition = origin.partition();
        var lease = leases.tryAcquire(SegmentRows.leaseName(partition)).orElseThrow();
        var attempt = objects.pack(content(origin, first, end, 0));
        var row = SegmentRow.uploading(attempt.packed());
        rows.lay(row, lease);
        attempt.upload();
        rows.settle(row, lease);
        leases.release(lease);
    }

    /** Puts a whole segment of other records into the place of an archived one. */
    public void exchange(SegmentOrigin origin, long first, long end, long timestamp) {
        var attempt = objects.pack(content(origin, first, end, timestamp));
        store.delete(attempt.packed().name());
        attempt.upload();
    }

    /** Puts what is no segment under that name. */
    public void damage(String name) {
        store.delete(name);
        try (var upload = store.begin(name)) {
            upload.write(new byte[100]);
            upload.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SegmentContent content(SegmentOrigin origin, long first, long end, long timestamp) {
        var writer = new SegmentWriter(origin, first);
        for (var offset = first; offset < end; offset++) {
            writer.append(new LoggedRecord(offset, timestamp + offset, null, null, List.of()));
        }
        return writer.finish();
    }

    SegmentResource resource() {
        return new SegmentResource(rows, objects, findings, looks, configuration, Clock.systemUTC());
    }

    /** Of the partition that was seen first. */
    public List<Gap> gaps() {
        return resource().partitions().getFirst().gaps();
    }

    /** As REST shows them, from an offset on and behind another one. */
    public List<SegmentView> segments(LogPartition partition, long from, long after) {
        return resource()
                .list(partition.topicId(), partition.partition(), 500, from, after)
                .items();
    }

    /** Those that begin there, as REST gives them. */
    public List<LoggedRecord> records(LogPartition partition, long first) {
        var batches = resource().content(partition.topicId(), partition.partition(), first);
        var found = new ArrayList<LoggedRecord>();
        MemoryRecords.readableRecords(ByteBuffer.wrap(batches))
                .records()
                .forEach(one -> found.add(new LoggedRecord(
                        one.offset(), one.timestamp(), one.key(), one.value(), List.of(one.headers()))));
        return found;
    }

    public DataSource database() {
        return database;
    }

    public void execute(String sql) throws SQLException {
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
