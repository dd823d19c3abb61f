package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.fold.InMemoryFoldStore;
import io.everstate.state.oracle.InMemoryStoredFold;
import io.everstate.state.simulation.Failpoints.Mishap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every two places of a run at which a process can die or be left without an answer. */
@Tag("SF11")
class CrashPointsTest {
    private static final int COMMANDS = 15;

    private static List<String> run(List<Command> commands, Failpoints failpoints) {
        var stored = new InMemoryStoredFold(new InMemoryFoldStore());
        return new Simulation(Fault.NONE, stored, stored.store(), failpoints).run(commands);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3})
    void atEveryTwoPlaces(long seed) {
        var commands = Command.calm(seed, COMMANDS);
        var whole = Failpoints.at(Map.of());
        run(commands, whole);
        assertThat(whole.passed()).isGreaterThan(10);

        for (long first = 0; first < whole.passed(); first++) {
            for (long second = first + 1; second <= whole.passed(); second++) {
                for (var mishap : Mishap.values()) {
                    var failpoints = Failpoints.at(Map.of(first, mishap, second, Mishap.DEATH));
                    assertThat(run(commands, failpoints))
                            .as("seed %d, %s at place %d, dead at %d", seed, mishap, first, second)
                            .isEmpty();
                }
            }
        }
    }
}
