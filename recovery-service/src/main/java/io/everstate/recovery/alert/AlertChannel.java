package io.everstate.recovery.alert;

import java.time.Duration;

/** A way to people. Never throws, and answers within seconds. */
public interface AlertChannel {
    /** False when nobody said where alerts shall go: then they are only kept. */
    boolean configured();

    /** A second call with the same alert may show it twice to people. */
    Answer send(Alert alert);

    sealed interface Answer {
        /** The other side has taken it. */
        record Accepted() implements Answer {}

        /**
         * Not now.
         *
         * @param pause as the other side asked
         */
        record Busy(Duration pause) implements Answer {}

        /**
         * Not now, and it is not known until when.
         *
         * @param problem without the address
         */
        record Unreachable(String problem) implements Answer {}

        /**
         * Never: a repetition would be refused as well.
         *
         * @param problem without the address
         */
        record Refused(String problem) implements Answer {}
    }
}
