package io.everstate.state.finding;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/** Tells people what was found: a line of the log and a count, once each. */
@Singleton
public final class Announcements {
    private static final Logger LOG = Logger.getLogger(Announcements.class);
    private static final String FINDINGS = "everstate.findings";

    private final MeterRegistry registry;

    public Announcements(MeterRegistry registry) {
        this.registry = registry;
        for (var kind : FindingKind.values()) {
            registry.counter(FINDINGS, "kind", name(kind));
        }
    }

    /** @param findings that were not known before; what a rebuild meets again is passed over */
    public void announce(List<Finding> findings) {
        findings.stream().filter(Finding::news).forEach(finding -> {
            LOG.logf(
                    finding.kind() == FindingKind.FENCED ? Level.WARN : Level.ERROR,
                    "partition %d, offset %d: %s",
                    finding.place().partition(),
                    finding.place().offset(),
                    finding.text());
            registry.counter(FINDINGS, "kind", name(finding.kind())).increment();
        });
    }

    private static String name(FindingKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
