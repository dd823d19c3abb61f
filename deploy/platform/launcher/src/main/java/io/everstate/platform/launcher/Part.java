package io.everstate.platform.launcher;

import java.util.Locale;

/** What the platform consists of. */
public enum Part {
    KAFKA,
    POSTGRES,
    S3;

    /** The name on the wire and in logs. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
