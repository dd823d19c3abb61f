package io.everstate.benchmarks.fleet;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.log.RecordCodec;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * {@code <bootstrap servers> <topic> <guarantee> <records>}: the same fold as Kafka Streams does it, each bot's state in RocksDB and in a
 * changelog. Tuned: two threads, a commit a second, a cache that holds many states. Prints how many records a second it processed, from the
 * first that came on until all are processed or its time is up; what is not committed yet counts as processed, and the states are those of a
 * log's beginning, which are small.
 */
public final class StreamsFold {

    private static final String STORE = "bots";
    private static final String OWNER = "owner";
    private static final int THREADS = 2;
    private static final long CACHE_BYTES = 512L << 20;
    private static final long COMMIT_MILLIS = 1_000;
    private static final double NANOS_A_SECOND = 1e9;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK = Duration.ofMillis(5).toNanos();
    private static final AtomicLong PROCESSED = new AtomicLong();
    private static final AtomicLong BEGIN = new AtomicLong();

    private StreamsFold() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<String> given = List.of(arguments);
        long records = Long.parseLong(given.get(3));
        Path directory = Files.createTempDirectory("streams-");
        KafkaStreams streams = new KafkaStreams(topology(given.get(1)), settings(given, directory));
        streams.start();
        long started = System.nanoTime();
        while (PROCESSED.get() < records && !isOver(started)) {
            LockSupport.parkNanos(LOOK);
        }
        out.println(PROCESSED.get() * NANOS_A_SECOND / (System.nanoTime() - BEGIN.get()));
        streams.close(CLOSE);
        delete(directory);
        Runtime.getRuntime().halt(PROCESSED.get() == 0 ? 1 : 0);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isOver(long started) {
        long begin = BEGIN.get();
        return begin == 0
                ? System.nanoTime() - started > PATIENCE.toNanos()
                : System.nanoTime() - begin > LONGEST.toNanos();
    }

    private static Properties settings(List<String> given, Path directory) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, given.get(0));
        settings.put(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "streams-" + given.get(2) + "-" + ProcessHandle.current().pid());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, given.get(2));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5_000);
        return settings;
    }

    private static Topology topology(String topic) {
        return new Topology()
                .addSource("events", new StringDeserializer(), new ByteArrayDeserializer(), topic)
                .addProcessor("fold", Fold::new, "events")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                                .withCachingEnabled()
                                .withLoggingEnabled(Map.of()),
                        "fold");
    }

    /** Of one partition. */
    private static final class Fold implements Processor<String, byte[], Void, Void> {

        private final PlainJson json = new PlainJson();
        private final RecordCodec codec = new RecordCodec(json);
        private @Nullable KeyValueStore<String, byte[]> bots;
        private long epoch;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            KeyValueStore<String, byte[]> store = context.getStateStore(STORE);
            byte[] known = store.get(OWNER);
            epoch = known == null ? 0 : Long.parseLong(new String(known, StandardCharsets.UTF_8));
            bots = store;
        }

        @Override
        public void process(Record<String, byte[]> stored) {
            BEGIN.compareAndSet(0, System.nanoTime());
            Map<String, String> headers = new HashMap<>();
            for (Header header : stored.headers()) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
            if (bots != null && codec.read(headers, stored.value()) instanceof Known(LogRecord entry)) {
                fold(bots, stored.key(), entry);
            }
            PROCESSED.incrementAndGet();
        }

        private void fold(KeyValueStore<String, byte[]> store, String key, LogRecord entry) {
            byte[] known = entry instanceof BotEventRecorded ? store.get(key) : null;
            PartitionFold fold =
                    new PartitionFold(epoch, known == null ? List.of() : List.of(json.read(known, BotState.class)));
            switch (fold.apply(entry)) {
                case Applied(BotState state) -> store.put(key, json.write(state));
                case Claimed(long claimed, String _) -> {
                    epoch = claimed;
                    store.put(OWNER, Long.toString(claimed).getBytes(StandardCharsets.UTF_8));
                }
                default -> {}
            }
        }
    }
}
