package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaEventLogTest {
    private static final int RECORDS = 5_000;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final MockProducer<String, byte[]> letters =
            new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final KafkaEventLog log = new KafkaEventLog(
            producer,
            new DeadLetterTopic(letters),
            Duration.ofSeconds(8),
            new OwnRecords(new RecordCodec(new SampleJson())));

    @AfterEach
    void close() {
        log.close();
    }

    /** An event that overtakes another one of its bot leaves a number out, and does not count. */
    @Test
    void sendsInTheOrderOfTheAppends() {
        IntStream.range(0, RECORDS).forEach(number -> log.append(0, started(number)));

        await().untilAsserted(() -> assertThat(producer.history()).hasSize(RECORDS));
        assertThat(producer.history().stream()
                        .map(entry -> new String(
                                entry.headers().lastHeader("ce_sequence").value(), StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(
                        IntStream.range(0, RECORDS).mapToObj(Integer::toString).toList());
    }

    @Test
    void setsAsideWhatIsNotOursAsItIsWithWhereAndWhyItWasFound() {
        var found = new ConsumerRecord<>("events", 3, 17, "theirs", new byte[] {1, 2});
        found.headers().add("their-header", new byte[] {7});

        log.setAside(new DeadLetter(found, "it has no ce_type"));

        await().untilAsserted(() -> assertThat(letters.history()).hasSize(1));
        assertThat(producer.history()).as("of the events' producer").isEmpty();
        var letter = letters.history().getFirst();
        assertThat(letter.topic()).isEqualTo(Topics.BOT_EVENTS_DEAD_LETTER);
        assertThat(letter.key()).isEqualTo("3-17");
        assertThat(letter.value()).containsExactly(1, 2);
        assertThat(letter.headers().lastHeader("their-header").value()).containsExactly(7);
        assertThat(Stream.of("reason", "topic", "partition", "offset")
                        .map(name -> new String(
                                letter.headers()
                                        .lastHeader("dead-letter-" + name)
                                        .value(),
                                StandardCharsets.UTF_8)))
                .containsExactly("it has no ce_type", "events", "3", "17");
    }

    /** Before, both had one producer, and letters that filled its buffer made events fail. */
    @Test
    void deadLettersThatCannotBeSentHoldUpNoEvent() {
        var full = new FullProducer();
        try (var busy = new KafkaEventLog(
                producer,
                new DeadLetterTopic(full),
                Duration.ofSeconds(8),
                new OwnRecords(new RecordCodec(new SampleJson())))) {
            IntStream.range(0, 50)
                    .mapToObj(offset -> new ConsumerRecord<>("events", 3, offset, "theirs", new byte[1 << 20]))
                    .forEach(found -> busy.setAside(new DeadLetter(found, "it has no ce_type")));
            await().until(full::blocked);

            var appended = busy.append(0, started(1)).toCompletableFuture();

            assertThat(appended).succeedsWithin(SOON);
            full.release();
            await().untilAsserted(() -> assertThat(full.history())
                    .as("no more than the bytes that may wait")
                    .hasSize((int) (DeadLetterTopic.MAX_BYTES >> 20) - 1));
        }
    }

    /** Its buffer is full until it is released. */
    private static final class FullProducer extends MockProducer<String, byte[]> {
        private final CountDownLatch room = new CountDownLatch(1);
        private final CountDownLatch asked = new CountDownLatch(1);

        FullProducer() {
            super(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        }

        boolean blocked() {
            return asked.getCount() == 0;
        }

        void release() {
            room.countDown();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> entry, Callback callback) {
            asked.countDown();
            try {
                room.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return super.send(entry, callback);
        }
    }

    /** Nobody waits for it any more; sent late it could still count. */
    @Test
    void neverSendsWhatWaitedTooLongForItsTurn() {
        var silent = new SilentProducer();
        try (var impatient = new KafkaEventLog(
                silent,
                new DeadLetterTopic(letters),
                SilentProducer.SILENCE,
                new OwnRecords(new RecordCodec(new SampleJson())))) {
            var first = impatient.append(0, started(1)).toCompletableFuture();
            var second = impatient.append(0, started(2)).toCompletableFuture();

            assertThat(first).succeedsWithin(SOON);
            assertThat(second).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
            assertThat(silent.history()).hasSize(1);
        }
    }

    /** Its broker takes a while to be found. */
    private static final class SilentProducer extends MockProducer<String, byte[]> {
        static final Duration SILENCE = Duration.ofMillis(100);
        private final CountDownLatch never = new CountDownLatch(1);

        SilentProducer() {
            super(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> entry, Callback callback) {
            try {
                assertThat(never.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS))
                        .isFalse();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return super.send(entry, callback);
        }
    }

    private static LogRecord started(int sequence) {
        return new BotEventRecorded(
                new UUID(0x7000L, 0x8000_0000_0000_0000L | sequence),
                TIME,
                "/here",
                1,
                SampleBots.id(1),
                sequence,
                null,
                null,
                new BotStarted());
    }
}
