package io.everstate.e2e.requirement;

import java.util.Locale;

/** What a test came to, the best first. */
enum Outcome {
    PASSED,
    SKIPPED,
    /** There is no result of it that is newer than the test itself. */
    NOT_RUN,
    FAILED;

    Outcome worse(Outcome other) {
        return compareTo(other) > 0 ? this : other;
    }

    String text() {
        return this == NOT_RUN ? "not run" : name().toLowerCase(Locale.ROOT);
    }
}
