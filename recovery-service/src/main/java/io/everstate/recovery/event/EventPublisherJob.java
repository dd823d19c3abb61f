package io.everstate.recovery.event;

import io.everstate.recovery.platform.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

@Singleton
final class EventPublisherJob {
    private final RecoveryTopics topics;
    private final EventPublisher publisher;
    private final EventConfig config;
    private @Nullable Ticker ticker;

    EventPublisherJob(RecoveryTopics topics, EventPublisher publisher, EventConfig config) {
        this.topics = topics;
        this.publisher = publisher;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        ticker = Ticker.start("event-publisher", config.interval(), () -> {
            topics.create();
            publisher.publish();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        if (ticker != null) {
            ticker.close();
        }
    }
}
