package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.RecoveryKitStatusView;
import io.everstate.contracts.backup.RecoveryKitStatusView.Kept;
import io.everstate.contracts.backup.RecoveryKitStatusView.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryKitCommandTest {
    private static final Kept KEPT = new Kept(
            "f".repeat(64),
            Instant.parse("2026-11-21T10:20:30Z"),
            Instant.parse("2026-11-21T10:21:00Z"),
            "operator-1",
            "the safe",
            60,
            List.of());

    @Test
    void saysUntilWhenOneIsOfUse() {
        assertThat(RecoveryKitCommand.sentence(new RecoveryKitStatusView(State.OK, null, 86_400, KEPT)))
                .isEqualTo(
                        "The recovery kit of 2026-11-21T10:20:30Z (the safe, by operator-1) is of use; it is too old after PT24H.");
    }

    @Test
    void saysWhyNoneIs() {
        assertThat(RecoveryKitCommand.sentence(
                        new RecoveryKitStatusView(State.OLD, "it has nothing of workspace x", 86_400, KEPT)))
                .endsWith("is of no use: it has nothing of workspace x");
        assertThat(RecoveryKitCommand.sentence(
                        new RecoveryKitStatusView(State.NONE, "nobody said that one is kept", 86_400, null)))
                .isEqualTo("No recovery kit is kept: nobody said that one is kept");
    }
}
