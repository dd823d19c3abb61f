package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlementsTest {
    private final Settlements settlements = new Settlements();

    @Test
    void whoWaitsGoesOnWhenItIsDecided() {
        settlements.begin(3, 7);
        var waiting = settlements.of(3);

        settlements.end(3, 7);

        assertThat(waiting).isDone();
        assertThat(settlements.of(3)).isDone();
    }

    /** Before, a takeover that came late let commands through in front of what the next one was to heal. */
    @Test
    void whatAnEarlierOwnershipDecidesLateOpensNothing() {
        settlements.begin(3, 7);
        settlements.lost(3);
        settlements.begin(3, 9);
        var waiting = settlements.of(3);

        settlements.end(3, 7);

        assertThat(waiting).isNotDone();
        settlements.end(3, 9);
        assertThat(waiting).isDone();
    }

    @Test
    void nobodyWaitsForWhatWasLost() {
        settlements.begin(3, 7);
        var waiting = settlements.of(3);

        settlements.lost(3);

        assertThat(waiting).isDone();
    }
}
