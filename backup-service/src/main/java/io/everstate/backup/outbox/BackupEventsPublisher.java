package io.everstate.backup.outbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.ZoneOffset;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * Sends the events of the outbox in their order and forgets each once Kafka has acknowledged it. A crash between the two sends an event
 * again, with the same id. One replica at a time sends, so that the events of one backup stay in order.
 */
@Singleton
final class BackupEventsPublisher {
    private static final Logger LOG = Logger.getLogger(BackupEventsPublisher.class);
    private static final long LOCK = 0x6576_6572_7374L;

    private final Outbox outbox;
    private final MutinyEmitter<byte[]> topic;
    private final OutboxConfiguration configuration;
    private final BackupTopic backupTopic;
    private boolean failing;

    BackupEventsPublisher(
            Outbox outbox,
            @Channel("backup-events") MutinyEmitter<byte[]> topic,
            OutboxConfiguration configuration,
            BackupTopic backupTopic) {
        this.outbox = outbox;
        this.topic = topic;
        this.configuration = configuration;
        this.backupTopic = backupTopic;
    }

    @Scheduled(
            every = "${everstate.outbox.poll:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void publish() {
        try {
            QuarkusTransaction.requiringNew().run(this::publishWaiting);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void publishWaiting() {
        if (outbox.count() == 0 || !alone()) {
            return;
        }
        try {
            backupTopic.make();
            for (var row : outbox.oldest(configuration.batch())) {
                topic.sendMessage(message(row)).await().atMost(configuration.timeout());
                outbox.delete(row);
            }
            failing = false;
        } catch (KafkaException | TimeoutException e) {
            failed(e);
        }
    }

    /** Said once an outage. What was acknowledged before the failure is forgotten all the same. */
    private void failed(RuntimeException e) {
        if (!failing) {
            LOG.warnf("Events wait in the outbox: %s", e.getMessage());
        }
        failing = true;
    }

    /** Held by the database until the transaction ends, and no longer when this process dies. */
    private boolean alone() {
        return (Boolean) outbox.getEntityManager()
                .createNativeQuery("select pg_try_advisory_xact_lock(:lock)", Boolean.class)
                .setParameter("lock", LOCK)
                .getSingleResult();
    }

    private static Message<byte[]> message(OutboxRow row) {
        var event = OutgoingCloudEventMetadata.<byte[]>builder()
                .withId(row.eventId.toString())
                .withSource(URI.create("urn:everstate:backup-service"))
                .withType(row.type)
                .withSubject(row.eventKey)
                .withTimestamp(row.at.atZone(ZoneOffset.UTC))
                .withDataContentType("application/json")
                .build();
        var record = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(row.eventKey)
                .build();
        return Message.of(row.data, Metadata.of(event, record));
    }
}
