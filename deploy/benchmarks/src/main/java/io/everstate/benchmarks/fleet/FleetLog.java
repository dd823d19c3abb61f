package io.everstate.benchmarks.fleet;

import io.everstate.benchmarks.place.Place;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.EncodedRecord;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of events into which a fleet is written; the bots in turn, in another order each time. The same seed makes the same fleet. */
public final class FleetLog implements AutoCloseable {

    public static final int PARTITIONS = 12;
    private static final long SEED = 7;
    private static final int BATCH_BYTES = 1 << 18;

    private final String topic;
    private final String kafka;
    private final RecordCodec codec = new RecordCodec(new PlainJson());
    private final Random random = new Random(SEED);
    private final List<BotHistory> bots = new ArrayList<>();
    private final KafkaProducer<String, byte[]> producer;
    private Iterator<BotHistory> turn = Collections.emptyIterator();
    private long records;

    private FleetLog(String kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** A new topic with an owner of each partition. */
    public static FleetLog make(Place place, String topic) throws InterruptedException {
        try (Admin admin =
                Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, place.kafka()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("there is no topic " + topic, e.getCause());
        }
        FleetLog log = new FleetLog(place.kafka(), topic);
        List<ProducerRecord<String, byte[]>> claims = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            claims.add(log.stored(partition, BotHistory.claim()));
        }
        log.send(claims);
        return log;
    }

    public String topic() {
        return topic;
    }

    public String kafka() {
        return kafka;
    }

    /** How many were acknowledged, or handed out to be written. */
    public long records() {
        return records;
    }

    public List<BotId> bots() {
        return bots.stream().map(BotHistory::bot).toList();
    }

    /** When the newest event of any bot happened. */
    public Instant newest() {
        return bots.stream().map(BotHistory::time).max(Instant::compareTo).orElse(BotHistory.BEGIN);
    }

    /** Of the newest event of the bot that has the most. */
    public long sequence() {
        return bots.stream().mapToLong(BotHistory::sequence).max().orElse(0);
    }

    /** More bots, each with its first event. */
    public void create(int count) {
        List<BotHistory> created = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            created.add(new BotHistory(new UUID(random.nextLong(), random.nextLong()), PARTITIONS));
        }
        bots.addAll(created);
        write(created);
    }

    /** The next events of all bots, so many of each; returns when all are acknowledged. */
    public void goOn(int times) {
        for (int time = 0; time < times; time++) {
            Collections.shuffle(bots, random);
            write(bots);
        }
    }

    /** The next event of each of so many bots, at random; returns when all are acknowledged. */
    public void goOnSome(int count) {
        Collections.shuffle(bots, random);
        write(bots.subList(0, count));
    }

    /** The next events, to be written by the caller. */
    public List<ProducerRecord<String, byte[]>> next(int count) {
        List<ProducerRecord<String, byte[]>> next = new ArrayList<>(count);
        while (next.size() < count) {
            if (!turn.hasNext()) {
                Collections.shuffle(bots, random);
                turn = List.copyOf(bots).iterator();
            }
            next.add(next(turn.next()));
        }
        return next;
    }

    private void write(List<BotHistory> some) {
        turn = Collections.emptyIterator();
        send((Iterable<ProducerRecord<String, byte[]>>)
                () -> some.stream().map(this::next).iterator());
    }

    private void send(Iterable<ProducerRecord<String, byte[]>> some) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        for (ProducerRecord<String, byte[]> one : some) {
            var _ = producer.send(one, (_, failed) -> failure.compareAndSet(null, failed));
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("not all was acknowledged", failure.get());
        }
    }

    private ProducerRecord<String, byte[]> next(BotHistory bot) {
        return stored(bot.partition(), bot.next());
    }

    private ProducerRecord<String, byte[]> stored(int partition, LogRecord entry) {
        EncodedRecord encoded = codec.encode(entry);
        ProducerRecord<String, byte[]> stored = new ProducerRecord<>(topic, partition, encoded.key(), encoded.data());
        encoded.headers().forEach((name, value) -> stored.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        records++;
        return stored;
    }

    @Override
    public void close() {
        producer.close();
    }
}
