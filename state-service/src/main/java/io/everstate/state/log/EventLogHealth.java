package io.everstate.state.log;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

@Readiness
final class EventLogHealth implements HealthCheck {
    private final EventLog log;

    EventLogHealth(EventLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("log");
        try {
            return answer.up()
                    .withData("topic", log.find().map(LogTopic::id).orElse("missing"))
                    .build();
        } catch (LogUnavailableException e) {
            return answer.down().withData("reason", e.detail()).build();
        }
    }
}
