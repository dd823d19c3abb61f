package io.everstate.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.seal.SealLook.Found;
import io.everstate.contracts.problem.ProblemException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TakenUpTest {
    private static final Found NOTHING = new Found(List.of(), List.of(), Set.of(), null);
    private static final Found UNTRUSTED = new Found(List.of(), List.of(), Set.of("0d2b1f0c7a110f9a"), null);
    private static final Found UNSIGNED =
            new Found(List.of(), new SampleSeals(null).chain("default", 1), Set.of(), null);
    private static final Found UNFINISHED = new Found(List.of(), List.of(), Set.of(), "no answer");

    @Test
    void goesOnWhereThereIsNothing() {
        assertThat(TakenUp.of(NOTHING, true)).isEqualTo(new TakenUp(null, null));
    }

    @Test
    void refusesToBeginBesideSealsThatDoNotCount() {
        assertThat(TakenUp.of(UNTRUSTED, true).refusal()).contains("0d2b1f0c7a110f9a", "trusted-keys", "begin-anew");
        assertThat(TakenUp.of(UNSIGNED, true).refusal()).contains("nobody signed");
        assertThat(TakenUp.of(UNFINISHED, true).refusal()).contains("no answer");
        assertThatThrownBy(() -> TakenUp.of(UNTRUSTED, true).checkMayGoOn()).isInstanceOf(ProblemException.class);
    }

    @Test
    void goesOnInAChainThatHasBegunWhateverLiesThere() {
        for (var found : List.of(UNTRUSTED, UNSIGNED, UNFINISHED)) {
            assertThatCode(() -> TakenUp.of(found, false).checkMayGoOn()).doesNotThrowAnyException();
        }
        assertThat(TakenUp.of(UNTRUSTED, false).doubt()).contains("0d2b1f0c7a110f9a");
        assertThat(TakenUp.of(UNFINISHED, false).doubt()).contains("no answer");
        assertThat(TakenUp.of(UNSIGNED, false).doubt()).isNull();
    }
}
