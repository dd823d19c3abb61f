package io.everstate.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartBuffersTest {
    private static final int SIZE = 2 << 20;

    private final PartBuffers buffers = new PartBuffers(SIZE);

    @Test
    void givesTheSameArrayAgainOnlyWhenItWasGivenBack() {
        var first = buffers.atLeast(SIZE);

        assertThat(buffers.atLeast(SIZE)).isNotSameAs(first);
        buffers.giveBack(first);

        assertThat(buffers.atLeast(SIZE - 1)).isSameAs(first);
    }

    @Test
    void takesNoWholePartForASmallObject() {
        assertThat(buffers.atLeast(1 << 20)).hasSize(1 << 20);
        assertThat(buffers.atLeast(0)).isEmpty();
    }

    @Test
    void makesWhatIsLargerThanItsArrays() {
        assertThat(buffers.atLeast(SIZE + 1)).hasSize(SIZE + 1);
    }

    @Test
    void keepsNoMoreThanAFewAndNoneOfAnotherLength() {
        for (var given = 0; given < 2 * PartBuffers.KEPT; given++) {
            buffers.giveBack(new byte[SIZE]);
        }
        buffers.giveBack(new byte[SIZE + 1]);

        assertThat(buffers.kept()).isEqualTo(PartBuffers.KEPT);
    }
}
