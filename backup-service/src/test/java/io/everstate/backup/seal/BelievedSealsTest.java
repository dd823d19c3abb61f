package io.everstate.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.seal.SealLook.Found;
import io.everstate.backup.testing.SealKeyPair;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BelievedSealsTest {
    private static final String WORKSPACE = "default";

    private final SampleSeals ours = new SampleSeals(SealKeyPair.anew());
    private final SampleSeals nobodys = new SampleSeals(null);

    private static Found found(List<StoredSeal> signed, List<StoredSeal> unsigned) {
        return new Found(signed, unsigned, Set.of(), null);
    }

    @Test
    void believesEachThatIsSignedThoughOthersAreMissing() {
        var chain = ours.chain(WORKSPACE, 5);
        var left = List.of(chain.get(0), chain.get(2), chain.get(4));

        assertThat(BelievedSeals.signed(found(left, List.of()))).isEqualTo(left);
    }

    @Test
    void believesOfTwoWithOneNumberTheOneThatAnotherFollows() {
        var chain = ours.chain(WORKSPACE, 3);
        var twin = ours.numbered(WORKSPACE, 2, "c".repeat(64));

        assertThat(BelievedSeals.signed(found(List.of(chain.get(0), twin, chain.get(1), chain.get(2)), List.of())))
                .isEqualTo(chain);
    }

    @Test
    void believesWhatNobodySignedAsFarAsASignedOneFollowsIt() {
        var unsigned = nobodys.chain(WORKSPACE, 2);
        var signed = ours.behind(WORKSPACE, unsigned.getLast());
        var stray = nobodys.behind(WORKSPACE, signed);

        assertThat(BelievedSeals.signed(found(List.of(signed), List.of(unsigned.get(0), unsigned.get(1), stray))))
                .containsExactly(unsigned.get(0), unsigned.get(1), signed);
    }

    @Test
    void believesNoneThatNobodySignedBehindAGap() {
        var chain = nobodys.chain(WORKSPACE, 4);

        assertThat(BelievedSeals.chained(WORKSPACE, found(List.of(), chain))).isEqualTo(chain);
        assertThat(BelievedSeals.chained(
                        WORKSPACE, found(List.of(), List.of(chain.get(0), chain.get(2), chain.get(3)))))
                .containsExactly(chain.get(0));
        assertThat(BelievedSeals.chained(WORKSPACE, found(List.of(), chain.subList(1, 4))))
                .isEmpty();
    }
}
