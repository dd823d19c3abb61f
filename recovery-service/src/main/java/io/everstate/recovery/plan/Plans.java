package io.everstate.recovery.plan;

import io.everstate.contracts.recovery.DisasterType;

/** The plan against each disaster. */
public interface Plans {
    Plan against(DisasterType type);
}
