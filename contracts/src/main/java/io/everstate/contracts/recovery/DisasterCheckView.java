package io.everstate.contracts.recovery;

import java.time.Instant;
import java.util.List;

/** @param disasters that are present now, known before or not; empty when all is well */
public record DisasterCheckView(Instant at, List<String> checked, List<DisasterView> disasters) {}
