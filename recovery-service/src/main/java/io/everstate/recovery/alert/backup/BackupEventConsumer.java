package io.everstate.recovery.alert.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.contracts.backup.BackupEvent;
import io.everstate.contracts.wire.EventTypes;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.recovery.platform.DatabaseUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Reads {@code everstate.backup.events}. A record that cannot be read goes to the dead letters; while the database is away it waits. */
@Singleton
final class BackupEventConsumer {
    private static final Logger LOG = Logger.getLogger(BackupEventConsumer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Map<String, Class<? extends BackupEvent>> EVENTS =
            EventTypes.byName(BackupEvent.DOMAIN, BackupEvent.class);

    private final BackupAlerts alerts;
    private final JsonFormat json;

    BackupEventConsumer(BackupAlerts alerts, JsonFormat json) {
        this.alerts = alerts;
        this.json = json;
    }

    @Incoming("backup-events")
    Uni<Void> consume(Message<byte[]> message) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> hear(message))
                .onFailure(BackupEventConsumer::isPassing)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .onItemOrFailure()
                .transformToUni((done, failure) -> failure == null ? acknowledge(message) : refuse(message, failure));
    }

    private static boolean isPassing(Throwable failure) {
        return DatabaseUnavailableException.in(failure) != null;
    }

    private static Uni<Void> acknowledge(Message<byte[]> message) {
        return Uni.createFrom().completionStage(message.ack());
    }

    private static Uni<Void> refuse(Message<byte[]> message, Throwable failure) {
        LOG.errorf(failure, "a record of the backup events cannot be read; it goes to the dead letters");
        return Uni.createFrom().completionStage(message.nack(failure));
    }

    private void hear(Message<byte[]> message) {
        var headers = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow()
                .getHeaders();
        var type = EVENTS.get(header(headers, "ce_type"));
        if (type == null) {
            // nothing that people are told of today
            return;
        }
        alerts.hear(idOf(headers), json.read(message.getPayload(), type));
    }

    private static UUID idOf(Headers headers) {
        var id = header(headers, "ce_id");
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("ce_id is no UUID: " + id, e);
        }
    }

    private static String header(Headers headers, String name) {
        var header = headers.lastHeader(name);
        if (header == null) {
            throw new UnreadableRecordException("the record has no " + name, null);
        }
        return new String(header.value(), UTF_8);
    }
}
