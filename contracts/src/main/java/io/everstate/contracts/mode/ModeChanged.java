package io.everstate.contracts.mode;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.wire.EventTypes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The mode of the whole system, on {@code everstate.system.mode} under its one key: the newest record is the present mode.
 *
 * @param reason one sentence
 * @param since when it began, to the millisecond; rises with each change
 */
public record ModeChanged(SystemMode mode, String reason, Instant since) {
    public static final String DOMAIN = "system";
    public static final String KEY = "mode";
    public static final String TYPE = EventTypes.nameOf(DOMAIN, ModeChanged.class);

    public ModeChanged {
        requireNonNull(mode, "mode");
        requireNonNull(reason, "reason");
        since = requireNonNull(since, "since").truncatedTo(ChronoUnit.MILLIS);
    }
}
