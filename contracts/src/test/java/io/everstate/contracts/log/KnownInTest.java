package io.everstate.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownInTest {
    private static final KnownIn FIFTH = new KnownIn("topic", 5, "/one");

    @Test
    void anOwnershipWithAHigherNumberIsBehind() {
        assertThat(new KnownIn("topic", 6, "/one").isBehind(FIFTH)).contains(true);
        assertThat(new KnownIn("topic", 4, "/other").isBehind(FIFTH)).contains(false);
        assertThat(FIFTH.isBehind(FIFTH)).contains(false);
    }

    /** The log lost the claim of the one, and the next owner counted from what was left. */
    @Test
    void anotherOwnersOfTheSameNumberIsBehind() {
        assertThat(new KnownIn("topic", 5, "/other").isBehind(FIFTH)).contains(true);
        assertThat(new KnownIn("topic", 5, null).isBehind(FIFTH)).isEmpty();
    }

    @Test
    void theNumbersOfAnotherLogTellNothing() {
        assertThat(new KnownIn("made anew", 6, "/one").isBehind(FIFTH)).isEmpty();
    }
}
