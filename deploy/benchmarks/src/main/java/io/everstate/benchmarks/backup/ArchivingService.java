package io.everstate.benchmarks.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.place.Place;
import io.everstate.cli.console.Poll;
import io.everstate.platform.launcher.ObjectStorage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One backup-service that archives one log, with an empty database and an empty bucket. */
final class ArchivingService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final FleetLog log;
    private final BackupServer server;

    private ArchivingService(FleetLog log, BackupServer server) {
        this.log = log;
        this.server = server;
    }

    /** @param every how often it archives, as its configuration has it */
    static ArchivingService start(Place place, ObjectStorage storage, FleetLog log, String every) {
        BackupServer server = BackupServer.start(
                place,
                BackupServer.Settings.withoutWorkspace(
                        place,
                        storage,
                        Map.of(
                                "EVERSTATE_SEGMENTS_ENABLED",
                                "true",
                                "EVERSTATE_SEGMENTS_TOPIC",
                                log.topic(),
                                "EVERSTATE_SEGMENTS_EVERY",
                                every)));
        return new ArchivingService(log, server);
    }

    /** The first offset that is not archived, of each partition: all before it was stored and read back. Waits a moment before it looks. */
    long[] archivedTo() {
        LockSupport.parkNanos(LOOK.toNanos());
        long[] archived = new long[FleetLog.PARTITIONS];
        for (JsonNode partition : partitions()) {
            archived[partition.path("partition").asInt()] =
                    partition.path("archivedTo").asLong();
        }
        return archived;
    }

    private List<JsonNode> partitions() {
        return server.get("/api/v1/segment-partitions")
                .valueStream()
                .filter(partition -> partition.path("topic").asText().equals(log.topic()))
                .toList();
    }

    /** Records a second, from the first that was archived until the last one was. */
    double rate() {
        await(() -> records() > 0, "nothing was archived");
        Stopwatch stopwatch = Stopwatch.start();
        long before = records();
        awaitAll();
        return (log.records() - before) / stopwatch.seconds();
    }

    void awaitAll() {
        await(() -> records() >= log.records(), "not all was archived");
    }

    private long records() {
        return Arrays.stream(archivedTo()).sum();
    }

    /** Has every segment read from the storage and checked. @throws IllegalStateException when they do not hold all records of the log */
    void requireWhole() {
        String topicId = partitions().getFirst().path("topicId").asText();
        String check = server.post("/api/v1/topic-restores", "{\"topicId\":\"%s\",\"dryRun\":true}".formatted(topicId));
        Supplier<JsonNode> look = () -> server.get("/api/v1/topic-restores/" + check);
        await(() -> !look.get().path("status").asText().equals("RUNNING"), "the check does not end");
        JsonNode checked = look.get();
        long records = checked.path("partitions")
                .valueStream()
                .mapToLong(partition -> partition.path("records").asLong())
                .sum();
        if (!checked.path("status").asText().equals("COMPLETED") || records != log.records()) {
            throw new IllegalStateException(
                    "the archive has %d of %d records: %s".formatted(records, log.records(), checked));
        }
    }

    private static void await(Supplier<Boolean> condition, String why) {
        if (!Poll.untilTrue(condition, LOOK, PATIENCE)) {
            throw new IllegalStateException("after " + PATIENCE.toMinutes() + " minutes: " + why);
        }
    }

    @Override
    public void close() {
        server.end();
    }
}
