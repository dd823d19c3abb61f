package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.simulation.Failpoints.Mishap;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same on PostgreSQL, whose connection is lost between any two statements. */
@Tag("SF11")
class ProjectionSimulationIT {
    private static final int COMMANDS = 150;
    private static final int PLACES = 24;
    private static final int SEEDS_TO_FAIL = 20;
    /** So few that dying at each place takes seconds. */
    private static final int FEW = 2;

    private static PostgresRuns runs;

    @BeforeAll
    static void open() throws SQLException {
        runs = new PostgresRuns();
    }

    @AfterAll
    static void close() throws SQLException {
        runs.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void isAlwaysAPlainFoldOfTheLog(long seed) {
        var commands = Command.of(seed, COMMANDS);

        assertThat(runs.run(Fault.NONE, commands, Failpoints.anywhere(PLACES)))
                .as("seed %d: %s", seed, commands)
                .isEmpty();
    }

    @ParameterizedTest(name = "fails with {0}")
    @EnumSource(names = {"NO_OFFSET_GUARD", "OFFSETS_FIRST", "STATES_FIRST"})
    void noticesAMissingRule(Fault fault) {
        var noticed = false;
        for (long seed = 0; seed < SEEDS_TO_FAIL && !noticed; seed++) {
            noticed = !runs.run(fault, Command.of(seed, COMMANDS), Failpoints.anywhere(PLACES))
                    .isEmpty();
        }

        assertThat(noticed).isTrue();
    }

    /** In front of and behind each statement and each commit of a run. */
    @Test
    void diesAndIsLeftWithoutAnAnswerAtEachPlace() {
        var commands = Command.calm(3, FEW);
        var whole = Failpoints.at(Map.of());
        runs.run(Fault.NONE, commands, whole);

        for (long place = 0; place < whole.passed(); place++) {
            for (var mishap : Mishap.values()) {
                assertThat(runs.run(Fault.NONE, commands, Failpoints.at(Map.of(place, mishap))))
                        .as("%s at place %d of %d: %s", mishap, place, whole.passed(), commands)
                        .isEmpty();
            }
        }
    }
}
