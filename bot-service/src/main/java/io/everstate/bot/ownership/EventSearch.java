package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.BotPartitioner;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.Topics;
import io.everstate.contracts.wire.UnreadableRecordException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds an event in the log again whose state keeps only its place. Reads from a little before the event's time on; a log whose records
 * have other times, for it was rebuilt, is read from its start.
 */
@ApplicationScoped
public class EventSearch {
    private static final Logger LOG = Logger.getLogger(EventSearch.class);
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration POLL = Duration.ofMillis(200);
    /** The owner's clock stamps the event and then the record, which waits for its turn at most some seconds. */
    private static final Duration BEFORE = Duration.ofSeconds(10);

    private final OwnershipConfiguration configuration;
    private final RecordCodec codec;
    private final Clock clock;

    EventSearch(OwnershipConfiguration configuration, JsonFormat json, Clock clock) {
        this.configuration = configuration;
        this.codec = new RecordCodec(json);
        this.clock = clock;
    }

    /**
     * @param time of the event
     * @param wanted tells it from what was written under the same number and did not count
     * @return empty when the whole log does not hold it
     * @throws ProblemException UNAVAILABLE when Kafka does not answer, or has more to read than there is time for
     */
    public Optional<BotEvent> find(BotId bot, Instant time, Predicate<BotEvent> wanted) {
        var partition =
                new TopicPartition(Topics.BOT_EVENTS, BotPartitioner.partitionOf(bot, configuration.partitions()));
        var deadline = clock.instant().plus(DEADLINE);
        try (var consumer = new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            var search = new Search(consumer, partition, bot, wanted, deadline);
            consumer.assign(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var near = offsetOf(consumer, partition, time.minus(BEFORE), end);
            return search.between(near, end).or(() -> search.between(beginning, near));
        } catch (KafkaException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "the log does not answer: " + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static long offsetOf(Consumer<String, byte[]> consumer, TopicPartition partition, Instant from, long end) {
        var found = consumer.offsetsForTimes(Map.of(partition, Math.max(0, from.toEpochMilli())))
                .get(partition);
        return Optional.ofNullable(found).map(OffsetAndTimestamp::offset).orElse(end);
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, configuration.bootstrapServers(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(DEADLINE.toMillis()),
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(DEADLINE.toMillis()));
    }

    private final class Search {
        private final Consumer<String, byte[]> consumer;
        private final TopicPartition partition;
        private final BotId bot;
        private final Predicate<BotEvent> wanted;
        private final Instant deadline;

        Search(
                Consumer<String, byte[]> consumer,
                TopicPartition partition,
                BotId bot,
                Predicate<BotEvent> wanted,
                Instant deadline) {
            this.consumer = consumer;
            this.partition = partition;
            this.bot = bot;
            this.wanted = wanted;
            this.deadline = deadline;
        }

        Optional<BotEvent> between(long from, long end) {
            consumer.seek(partition, from);
            while (consumer.position(partition) < end) {
                if (clock.instant().isAfter(deadline)) {
                    throw new ProblemException(
                            ProblemType.UNAVAILABLE, "the log has more to read than " + DEADLINE + " are enough for");
                }
                for (var kafkaRecord : consumer.poll(POLL)) {
                    var event = eventOf(kafkaRecord);
                    if (event != null && wanted.test(event)) {
                        return Optional.of(event);
                    }
                }
            }
            return Optional.empty();
        }

        /** Of other bots nothing is decoded, so that their records, readable or not, cost nothing. */
        private @Nullable BotEvent eventOf(ConsumerRecord<String, byte[]> kafkaRecord) {
            if (!bot.toString().equals(kafkaRecord.key())) {
                return null;
            }
            try {
                return EventReader.decode(codec, kafkaRecord) instanceof BotEventRecorded recorded
                        ? recorded.event()
                        : null;
            } catch (UnreadableRecordException e) {
                LOG.debugf(e, "the record at offset %d is not what is looked for", kafkaRecord.offset());
                return null;
            }
        }
    }
}
