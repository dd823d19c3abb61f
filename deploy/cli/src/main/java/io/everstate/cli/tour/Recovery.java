package io.everstate.cli.tour;

import io.everstate.contracts.recovery.DisasterType;
import java.time.Duration;
import java.util.Locale;

/** How long Everstate took, counted from the moment the tour struck. */
record Recovery(DisasterType type, Duration detectedAfter, Duration recoveredAfter) {

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
