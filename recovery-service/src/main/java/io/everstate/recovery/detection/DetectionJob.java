package io.everstate.recovery.detection;

import io.everstate.recovery.platform.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Services and files have a rhythm each: a slow inspection must not delay the look that sees a crash. */
@Singleton
final class DetectionJob {
    private final DisasterWatch watch;
    private final DetectionConfig config;
    private List<Ticker> tickers = List.of();

    DetectionJob(DisasterWatch watch, DetectionConfig config) {
        this.watch = watch;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        tickers = List.of(
                Ticker.start("service-watch", config.interval(), watch::lookAtServices),
                Ticker.start("workspace-watch", config.interval(), watch::lookAtWorkspaces));
    }

    void stop(@Observes ShutdownEvent event) {
        tickers.forEach(Ticker::close);
    }
}
