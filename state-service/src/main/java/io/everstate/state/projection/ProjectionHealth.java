package io.everstate.state.projection;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Down while anything that was written to the log is not being folded, with the reason. Bots that are parked are named, and keep nobody from
 * using the others.
 */
@Readiness
final class ProjectionHealth implements HealthCheck {
    private static final int NAMED = 10;

    private final ProjectionStatus status;

    ProjectionHealth(ProjectionStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        var trouble = status.trouble();
        var stopped = status.stopped();
        var answer = HealthCheckResponse.named("projection")
                .status(trouble == null && stopped.isEmpty())
                .withData("folding", status.folding().stream().sorted().toList().toString());
        stopped.forEach((partition, reason) -> answer.withData("partition " + partition, reason));
        var parked = status.parked();
        if (!parked.isEmpty()) {
            answer.withData("parked bots", parked.size());
            answer.withData("parked", parked.stream().limit(NAMED).toList().toString());
        }
        return trouble == null
                ? answer.build()
                : answer.withData("waits", trouble).build();
    }
}
