package io.everstate.state.health.look;

import io.everstate.state.log.EventLog;
import io.everstate.state.log.LogUnavailableException;
import jakarta.inject.Singleton;
import java.util.List;

/** Kafka, by a question about the bots' events. A topic that is not there yet is no fault. */
@Singleton
final class KafkaLook implements Look {
    private final EventLog log;

    KafkaLook(EventLog log) {
        this.log = log;
    }

    @Override
    public List<Observation> look() {
        try {
            var _ = log.find();
            return List.of(Observation.well(Component.KAFKA));
        } catch (LogUnavailableException e) {
            return List.of(Observation.away(Component.KAFKA, "does not answer"));
        }
    }
}
