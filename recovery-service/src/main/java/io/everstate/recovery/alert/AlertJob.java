package io.everstate.recovery.alert;

import io.everstate.recovery.platform.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

@Singleton
final class AlertJob {
    private final AlertSender sender;
    private final AlertConfig config;
    private @Nullable Ticker ticker;

    AlertJob(AlertSender sender, AlertConfig config) {
        this.sender = sender;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        ticker = Ticker.start("alert-sender", config.interval(), sender::sendNext);
    }

    void stop(@Observes ShutdownEvent event) {
        if (ticker != null) {
            ticker.close();
        }
    }
}
