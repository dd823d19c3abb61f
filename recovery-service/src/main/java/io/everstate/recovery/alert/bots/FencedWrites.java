package io.everstate.recovery.alert.bots;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Finds the events that were written in an ownership that was over: their owner was replaced and wrote on, or they were on the way for long.
 * They count nowhere; but who writes them takes itself for the owner. Seen by their headers, and only behind a claim that was read here.
 */
final class FencedWrites {
    private static final String OURS = "io.everstate.bot.";

    /** By partition, the highest number that was claimed. */
    private final Map<Integer, Long> claimed = new HashMap<>();

    /** An event of a former owner. */
    record Late(int partition, long epoch, long present, Instant at, String source) {
        /** The same for all of this former owner. */
        UUID ownership() {
            return UUID.nameUUIDFromBytes(
                    "fenced %d-%d".formatted(partition, epoch).getBytes(UTF_8));
        }
    }

    /** In the log's order. */
    List<Late> in(ConsumerRecords<String, byte[]> batch) {
        return StreamSupport.stream(batch.spliterator(), false)
                .flatMap(entry -> late(entry).stream())
                .toList();
    }

    private Optional<Late> late(ConsumerRecord<String, byte[]> entry) {
        try {
            var type = BotEventConsumer.header(entry, "ce_type");
            if (!type.startsWith(OURS)) {
                return Optional.empty();
            }
            var epoch = Long.parseLong(BotEventConsumer.header(entry, "ce_epoch"));
            if (type.equals(OwnershipClaimed.TYPE)) {
                claimed.merge(entry.partition(), epoch, Math::max);
                return Optional.empty();
            }
            var present = claimed.getOrDefault(entry.partition(), epoch);
            var at = Instant.parse(BotEventConsumer.header(entry, "ce_time"));
            return epoch < present
                    ? Optional.of(new Late(
                            entry.partition(), epoch, present, at, BotEventConsumer.header(entry, "ce_source")))
                    : Optional.empty();
        } catch (NumberFormatException | DateTimeException e) {
            // bot-service parks its bot at such a record and says so
            return Optional.empty();
        }
    }
}
