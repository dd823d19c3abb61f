package io.everstate.state.history;

import java.time.temporal.ChronoUnit;

enum Resolution {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS);

    private final ChronoUnit unit;

    Resolution(ChronoUnit unit) {
        this.unit = unit;
    }

    ChronoUnit unit() {
        return unit;
    }
}
