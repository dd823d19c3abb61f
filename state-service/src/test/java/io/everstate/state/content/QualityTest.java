package io.everstate.state.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QualityTest {
    @Test
    void isTheMeanOfWhatIsRightInPercentRoundedDown() {
        assertThat(new Quality().measured(10, 10).measured(1, 3).score()).isEqualTo(66);
    }

    @Test
    void isFullOnlyWhenEverythingIsRight() {
        assertThat(new Quality().measured(5, 5).measured(1_000_000, 1_000_000).score())
                .isEqualTo(100);
        assertThat(new Quality().measured(5, 5).measured(999_999, 1_000_000).score())
                .isEqualTo(99);
    }

    @Test
    void moreThanAllIsAsWrongAsLess() {
        assertThat(new Quality().measured(12, 10).score())
                .isEqualTo(new Quality().measured(8, 10).score())
                .isEqualTo(80);
        assertThat(new Quality().measured(30, 10).score()).isZero();
    }

    @Test
    void nothingThatHadToBeRightIsRight() {
        assertThat(new Quality().measured(0, 0).score()).isEqualTo(100);
    }

    @Test
    void whatWasNotLookedAtIsWorthNothing() {
        assertThat(new Quality().score()).isZero();
        assertThat(new Quality().measured(0, 1).score()).isZero();
    }
}
