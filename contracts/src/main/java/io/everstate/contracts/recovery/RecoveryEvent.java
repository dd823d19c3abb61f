package io.everstate.contracts.recovery;

import io.everstate.contracts.wire.EventTypes;
import java.time.Instant;
import java.util.UUID;

/** A fact about a disaster or a run, on {@code everstate.recovery.events}, keyed by {@link #key()}. */
public sealed interface RecoveryEvent {
    String DOMAIN = "recovery";

    /** The run's id; of a detection the disaster's, before there is a run. */
    UUID key();

    Instant at();

    record DisasterDetected(UUID disasterId, DisasterType type, int severity, String subject, Instant at)
            implements RecoveryEvent {
        @Override
        public UUID key() {
            return disasterId;
        }
    }

    record RunStarted(UUID runId, UUID disasterId, DisasterType type, String subject, Instant at)
            implements RecoveryEvent {
        @Override
        public UUID key() {
            return runId;
        }
    }

    record StepDone(UUID runId, int step, String name, String outcome, Instant at) implements RecoveryEvent {
        @Override
        public UUID key() {
            return runId;
        }
    }

    record RunCompleted(UUID runId, UUID disasterId, DisasterType type, String subject, Instant at)
            implements RecoveryEvent {
        @Override
        public UUID key() {
            return runId;
        }
    }

    record RunFailed(UUID runId, UUID disasterId, DisasterType type, String subject, String reason, Instant at)
            implements RecoveryEvent {
        @Override
        public UUID key() {
            return runId;
        }
    }

    /** {@code io.everstate.recovery.disaster-detected.v1}. */
    default String eventType() {
        return EventTypes.nameOf(DOMAIN, getClass());
    }
}
