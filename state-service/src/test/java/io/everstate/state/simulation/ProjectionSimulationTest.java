package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.fold.InMemoryFoldStore;
import io.everstate.state.oracle.InMemoryStoredFold;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever commands, deaths, rebalances, outages and logs there are: in the end states, trades, offsets, what was skipped, who is parked and
 * what was found are those of a plain fold of the log.
 */
@Tag("SF11")
class ProjectionSimulationTest {
    private static final int COMMANDS = 300;
    private static final int PLACES = 8;
    private static final int SEEDS_A_BLOCK = 30;
    private static final int SEEDS_TO_FAIL = 60;

    private record Run(List<String> broken, Map<Met, Long> met) {}

    private static Run run(Fault fault, List<Command> commands) {
        var stored = new InMemoryStoredFold(new InMemoryFoldStore());
        var simulation = new Simulation(fault, stored, stored.store(), Failpoints.anywhere(PLACES));
        return new Run(simulation.run(commands), simulation.met());
    }

    @ParameterizedTest(name = "seeds from {0} x " + SEEDS_A_BLOCK)
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void isAlwaysAPlainFoldOfTheLog(long block) {
        var met = new EnumMap<Met, Long>(Met.class);
        for (var next = block * SEEDS_A_BLOCK; next < (block + 1) * SEEDS_A_BLOCK; next++) {
            var seed = next;
            var commands = Command.of(seed, COMMANDS);

            var run = run(Fault.NONE, commands);

            assertThat(run.broken()).as(() -> told(seed, run, commands)).isEmpty();
            run.met().forEach((what, times) -> met.merge(what, times, Long::sum));
        }
        assertThat(met).as("what the runs met").containsOnlyKeys(Met.values());
        assertThat(met.values())
                .as("%s", met)
                .allSatisfy(times -> assertThat(times).isPositive());
    }

    private static String told(long seed, Run run, List<Command> commands) {
        if (run.broken().isEmpty()) {
            return "seed " + seed;
        }
        var fewest = shrunk(Fault.NONE, commands);
        return "seed %d, broken also by these %d of its %d steps: %s: %s"
                .formatted(
                        seed,
                        fewest.size(),
                        commands.size(),
                        fewest,
                        run(Fault.NONE, fewest).broken());
    }

    private static List<Command> shrunk(Fault fault, List<Command> commands) {
        return new Shrinking(fewer -> !run(fault, fewer).broken().isEmpty()).shrink(commands);
    }

    @ParameterizedTest(name = "fails with {0}")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesAMissingRule(Fault fault) {
        var noticed = LongStream.range(0, SEEDS_TO_FAIL)
                .filter(seed -> !run(fault, Command.of(seed, COMMANDS)).broken().isEmpty())
                .findFirst();

        assertThat(noticed).as("a seed that fails").isPresent();
    }

    @Test
    void aFailureIsToldWithTheFewestSteps() {
        var commands = LongStream.range(0, SEEDS_TO_FAIL)
                .mapToObj(seed -> Command.of(seed, COMMANDS))
                .filter(all -> !run(Fault.NO_OFFSET_GUARD, all).broken().isEmpty())
                .findFirst()
                .orElseThrow();

        var fewest = shrunk(Fault.NO_OFFSET_GUARD, commands);

        assertThat(fewest).hasSizeLessThan(COMMANDS / 5);
        assertThat(run(Fault.NO_OFFSET_GUARD, fewest).broken()).isNotEmpty();
    }
}
