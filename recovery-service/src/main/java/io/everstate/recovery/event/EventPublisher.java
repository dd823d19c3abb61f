package io.everstate.recovery.event;

import io.everstate.contracts.wire.JsonFormat;
import io.everstate.recovery.event.EventOutbox.Waiting;
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

/** Empties the outbox into Kafka, the oldest first and one at a time, so that readers see the facts in their order. */
@Singleton
final class EventPublisher {
    private static final URI SOURCE = URI.create("/recovery-service");
    private static final int BATCH = 50;
    /** Above the producer's own deadlines: a try has always ended before the next one begins. */
    private static final Duration DEADLINE = Duration.ofSeconds(12);

    private final EventOutbox outbox;
    private final MutinyEmitter<byte[]> kafka;
    private final JsonFormat json;

    EventPublisher(EventOutbox outbox, @Channel("recovery-events") MutinyEmitter<byte[]> kafka, JsonFormat json) {
        this.outbox = outbox;
        this.kafka = kafka;
        this.json = json;
    }

    /** Throws when Kafka does not take one; that one and the younger ones stay. */
    void publish() {
        var waiting = outbox.oldest(BATCH);
        for (Waiting event : waiting) {
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
