package io.everstate.state.format;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Ends the start when something is stored in a version that this service cannot read: a service that is older than its database would fold
 * beside states that it does not understand. How many versions it saw is a metric, for a guard that does not look is none.
 */
@Singleton
class FormatGuard {
    /** Before anything reads or writes what is stored. */
    private static final int FIRST = 1;

    private static final Logger LOG = Logger.getLogger(FormatGuard.class);

    private final StoredVersions stored;
    private final MeterRegistry registry;
    private final Map<StoredFormat, Integer> seen = new ConcurrentHashMap<>();

    FormatGuard(StoredVersions stored, MeterRegistry registry) {
        this.stored = stored;
        this.registry = registry;
    }

    void onStart(@Observes @Priority(FIRST) StartupEvent event) {
        for (var format : StoredFormat.values()) {
            require(format, stored.of(format));
        }
        // only now: a version that may not start must not be the reason why the one before may not either
        stored.willWriteStates();
        for (var format : StoredFormat.values()) {
            var versions = stored.of(format);
            seen.put(format, versions.size());
            registry.gauge(
                    "everstate.formats.seen",
                    Tags.of("format", format.label()),
                    seen,
                    all -> all.getOrDefault(format, 0));
            require(format, versions);
        }
        LOG.infof("versions of what is stored: %s", seen);
    }

    private static void require(StoredFormat format, Set<Integer> versions) {
        for (var version : versions) {
            if (!format.leadsHere(version)) {
                throw new IllegalStateException(
                        "the database holds %s of version %d, from which this version of state-service has no path; start the version that wrote it, or give this one an empty database, which it fills from the log"
                                .formatted(format.label(), version));
            }
        }
    }
}
