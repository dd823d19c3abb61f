package io.everstate.backup.segments;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Unready where the archive of the event log ended by itself, which only a restart mends; never since something else is away. */
@Readiness
@Singleton
final class ArchiveHealth implements HealthCheck {
    private final SegmentJob job;

    ArchiveHealth(SegmentJob job) {
        this.job = job;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("event log archive")
                .status(!job.isBroken())
                .build();
    }
}
