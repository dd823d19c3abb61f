package io.everstate.cli.console;

import java.time.Duration;

/** Spans of time for people. */
public final class Spans {

    private Spans() {}

    /** {@code 2 d 3 h 4 min 5 s}, without what is zero at its front. */
    public static String of(Duration duration) {
        String all = "%d d %d h %d min %d s"
                .formatted(
                        duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart());
        return all.replaceFirst("^0 d (0 h (0 min )?)?", "");
    }
}
