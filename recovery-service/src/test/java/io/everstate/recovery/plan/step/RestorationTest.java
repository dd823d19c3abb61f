package io.everstate.recovery.plan.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.recovery.plan.Memory;
import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import io.everstate.recovery.plan.step.Restoration.WithoutBackup;
import io.everstate.recovery.world.TestClock;
import io.everstate.recovery.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("BD10")
class RestorationTest {
    private static final UUID RUN = new UUID(0, 77);

    private final TestClock clock = new TestClock();
    private final World world = World.healthy(clock);
    private final Restoration restoration = new Restoration(
            "Restore the state files",
            Duration.ofMinutes(5),
            Wants.damaged(world.archive, Workspaces.ALL),
            WithoutBackup.FAIL,
            world.peers());

    private Memory advance(Memory memory) {
        var situation = new Situation(RUN, DisasterType.DATA_CORRUPTION, World.WORKSPACE, clock.instant(), memory);
        return ((Progress.Again) restoration.advance(situation)).memory();
    }

    private static UUID restoreIn(Memory memory) {
        return Objects.requireNonNull(Objects.requireNonNull(memory.restore()).id());
    }

    /** An operator asks for another file of the same backup between the run's decision and its request. */
    @Test
    void takesNobodyElsesRestoreForItsOwn() {
        world.archive.write(World.STATE_FILE, "");
        var decided = advance(Memory.empty());
        clock.advance(Duration.ofSeconds(1));
        var backup = Objects.requireNonNull(decided.restore()).backup();
        var operators = world.archive.requestRestore(backup, List.of(World.CONFIG_FILE), "an operator's");

        var asked = advance(decided);

        assertThat(restoreIn(asked)).isNotEqualTo(operators);
        assertThat(world.archive.restore(restoreIn(asked)).files()).containsExactly(World.STATE_FILE);
    }

    @Test
    void asksOnceWhenACrashLostTheAnswer() {
        world.archive.write(World.STATE_FILE, "");
        var decided = advance(Memory.empty());
        var asked = advance(decided);

        var askedAgain = advance(decided);

        assertThat(restoreIn(askedAgain)).isEqualTo(restoreIn(asked));
        assertThat(world.archive.restores()).hasSize(1);
    }
}
