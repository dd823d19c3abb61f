package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads the partition from its start, which is needed only where the log has lost something. Events of other bots are not decoded. */
@ApplicationScoped
class KafkaLogWriters implements LogWriters {
    private static final Logger LOG = Logger.getLogger(KafkaLogWriters.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final RecordCodec codec;
    private final Clock clock;

    @Inject
    KafkaLogWriters(OwnershipConfiguration configuration, JsonFormat json, Clock clock) {
        this(
                () -> new KafkaConsumer<>(
                        settings(configuration), new StringDeserializer(), new ByteArrayDeserializer()),
                json,
                clock);
    }

    KafkaLogWriters(Supplier<Consumer<String, byte[]>> consumers, JsonFormat json, Clock clock) {
        this.consumers = consumers;
        this.codec = new RecordCodec(json);
        this.clock = clock;
    }

    private static Map<String, Object> settings(OwnershipConfiguration configuration) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                configuration.bootstrapServers(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(DEADLINE.toMillis()));
    }

    @Override
    public Map<BotId, KnownIn> newest(int partition, String topicId, Set<BotId> bots) {
        var read = new Reading(topicId, bots);
        try (var consumer = consumers.get()) {
            if (read.toTheEnd(consumer, new TopicPartition(Topics.BOT_EVENTS, partition))) {
                return read.writers;
            }
            LOG.warnf("partition %d: %s are not enough to read who wrote what its log has", partition, DEADLINE);
        } catch (KafkaException e) {
            LOG.warnf("partition %d: its log does not tell who wrote what it has: %s", partition, e.getMessage());
        }
        return Map.of();
    }

    private final class Reading {
        private final PartitionFold fold = new PartitionFold();
        private final Map<BotId, KnownIn> writers = new HashMap<>();
        private final String topicId;
        private final Set<String> keys;

        Reading(String topicId, Set<BotId> bots) {
            this.topicId = topicId;
            keys = bots.stream().map(BotId::toString).collect(Collectors.toSet());
            keys.add(RecordCodec.CLAIM_KEY);
        }

        /** False when the time is over before. */
        boolean toTheEnd(Consumer<String, byte[]> consumer, TopicPartition partition) {
            var latest = clock.instant().plus(DEADLINE);
            consumer.assign(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                if (clock.instant().isAfter(latest)) {
                    return false;
                }
                consumer.poll(POLL).forEach(this::read);
            }
            return true;
        }

        private void read(ConsumerRecord<String, byte[]> found) {
            if (!keys.contains(found.key())) {
                return;
            }
            switch (codec.read(EventReader.headers(found), found.value())) {
                case Known(var entry) -> apply(entry);
                case NotUnderstood strange -> fold.park(strange, found.offset());
                case Foreign _, Unattributable _ -> LOG.debugf("the record at offset %d tells nothing", found.offset());
            }
        }

        private void apply(LogRecord entry) {
            if (fold.apply(entry) instanceof Applied && entry instanceof BotEventRecorded event) {
                writers.put(event.bot(), new KnownIn(topicId, event.epoch(), event.source()));
            }
        }
    }
}
