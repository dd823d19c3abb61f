package io.everstate.contracts.view;

import java.time.Instant;
import java.util.Map;

/**
 * That some of a list is not as it is now, but as it was last known here; whether it trades is not known here.
 *
 * @param why a sentence for people
 * @param savedAt what is shown from a local checkpoint, by id, and the time of its newest event
 */
public record Degradation(String why, Map<String, Instant> savedAt) {}
