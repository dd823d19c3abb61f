package io.everstate.recovery.alert.bots;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.contracts.bot.BotEvent.BotNotReturned;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.recovery.alert.bots.BotAlerts.Missing;
import io.everstate.recovery.alert.bots.FencedWrites.Late;
import io.everstate.recovery.platform.DatabaseUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Looks through {@code everstate.bot.events} for what people must hear of: bots that do not come back, and writes of former owners. Everything
 * else is passed over by its headers, in whole batches. While the database is away it waits.
 */
@Singleton
final class BotEventConsumer {
    private static final Logger LOG = Logger.getLogger(BotEventConsumer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final String NOT_RETURNED = new BotNotReturned("").eventType();

    private final BotAlerts alerts;
    private final JsonFormat json;
    private final FencedWrites fenced = new FencedWrites();

    BotEventConsumer(BotAlerts alerts, JsonFormat json) {
        this.alerts = alerts;
        this.json = json;
    }

    @Incoming("bot-events")
    Uni<Void> consume(ConsumerRecords<String, byte[]> batch) {
        var missing = StreamSupport.stream(batch.spliterator(), false)
                .filter(entry -> NOT_RETURNED.equals(header(entry, "ce_type")))
                .flatMap(entry -> missing(entry).stream())
                .toList();
        var late = fenced.in(batch);
        return missing.isEmpty() && late.isEmpty() ? Uni.createFrom().voidItem() : told(missing, late);
    }

    private Uni<Void> told(List<Missing> missing, List<Late> late) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> alerts.hear(missing, late))
                .onFailure(failure -> DatabaseUnavailableException.in(failure) != null)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    /** Who reads a record of bot-service for its state refuses what is broken; here it is only said. */
    private Optional<Missing> missing(ConsumerRecord<String, byte[]> entry) {
        try {
            return Optional.of(new Missing(
                    UUID.fromString(header(entry, "ce_id")),
                    Instant.parse(header(entry, "ce_time")),
                    header(entry, "ce_subject"),
                    json.read(entry.value(), BotNotReturned.class).reason()));
        } catch (UnreadableRecordException | IllegalArgumentException | DateTimeException e) {
            LOG.errorf(e, "the record at %s-%d@%d cannot be read", entry.topic(), entry.partition(), entry.offset());
            return Optional.empty();
        }
    }

    /** Empty when there is none. */
    static String header(ConsumerRecord<String, byte[]> entry, String name) {
        var header = entry.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
