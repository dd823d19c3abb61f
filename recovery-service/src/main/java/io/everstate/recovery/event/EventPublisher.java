package io.everstate.recovery.event;

import io.everstate.contracts.wire.JsonFormat;
import io.everstate.recovery.event.EventOutbox.Waiting;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.TransactionExceptionResult;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Empties the outbox into Kafka, the oldest first one at a time and from one replica at a time, so that readers see the facts in their order. */
@Singleton
final class EventPublisher {
    private static final URI SOURCE = URI.create("/recovery-service");
    private static final int BATCH = 50;
    /** Above the producer's own deadlines: a try has always ended before the next one begins. */
    private static final Duration DEADLINE = Duration.ofSeconds(12);

    private static final int LONGEST_BATCH = (int) DEADLINE.toSeconds() * (BATCH + 1);

    private final EventOutbox outbox;
    private final MutinyEmitter<byte[]> kafka;
    private final JsonFormat json;

    EventPublisher(EventOutbox outbox, @Channel("recovery-events") MutinyEmitter<byte[]> kafka, JsonFormat json) {
        this.outbox = outbox;
        this.kafka = kafka;
        this.json = json;
    }

    /**
     * Does nothing while another replica publishes. Throws when Kafka does not take an event; that one and the younger ones stay, and
     * the older ones, which it took, leave all the same.
     */
    void publish() {
        QuarkusTransaction.requiringNew()
                .timeout(LONGEST_BATCH)
                .exceptionHandler(_ -> TransactionExceptionResult.COMMIT)
                .run(this::publishAlone);
    }

    private void publishAlone() {
        if (!outbox.claim()) {
            return;
        }
        for (Waiting event : outbox.oldest(BATCH)) {
            kafka.sendMessage(message(event)).await().atMost(DEADLINE);
            outbox.published(event.id());
        }
    }

    private Message<byte[]> message(Waiting waiting) {
        var event = waiting.event();
        var attributes = OutgoingCloudEventMetadata.builder()
                .withId(waiting.id().toString())
                .withSource(SOURCE)
                .withType(event.eventType())
                .withSubject(event.key().toString())
                .withTimestamp(event.at().atZone(ZoneOffset.UTC))
                .withDataContentType("application/json")
                .build();
        var record = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(event.key().toString())
                .build();
        return Message.of(json.write(event), Metadata.of(attributes, record));
    }
}
