package io.everstate.recovery.alert.findings;

import io.everstate.recovery.alert.AlertConfig;
import io.everstate.recovery.peer.PeerException;
import io.everstate.recovery.peer.Validations;
import io.everstate.recovery.platform.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks state-service from time to time what it found. That it does not answer is for others to notice. */
@Singleton
final class FindingWatch {
    private static final Logger LOG = Logger.getLogger(FindingWatch.class);

    private final Validations validations;
    private final FindingAlerts alerts;
    private final AlertConfig config;
    private @Nullable Ticker ticker;
    private Set<UUID> told = Set.of();

    FindingWatch(Validations validations, FindingAlerts alerts, AlertConfig config) {
        this.validations = validations;
        this.alerts = alerts;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        ticker = Ticker.start("finding-watch", config.findingsEvery(), this::look);
    }

    void stop(@Observes ShutdownEvent event) {
        if (ticker != null) {
            ticker.close();
        }
    }

    private void look() {
        try {
            told = alerts.hear(validations.newest(), told);
        } catch (PeerException e) {
            LOG.debugf("findings are asked for again: %s", e.getMessage());
        }
    }
}
