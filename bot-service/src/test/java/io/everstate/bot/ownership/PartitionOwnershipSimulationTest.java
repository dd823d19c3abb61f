package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.ownership.Promises.Seen;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promises of the ownership protocol under random interleavings: no acknowledged trade lost or doubled, no refused one done, no refusal
 * that the log does not bear out, one outcome for one key, at whichever owner; a bot of policy MANUAL is neither stopped when it is handed
 * over nor left running when its owner was lost or restarted, whatever becomes of another one in its partition.
 */
@Tag("DC3")
class PartitionOwnershipSimulationTest {
    private static final int SEEDS_A_BLOCK = 1_000;
    private static final int SEEDS_TO_FAIL = 2_000;

    static LongStream blocks() {
        return LongStream.range(0, 10);
    }

    @ParameterizedTest(name = "seeds from {0} x " + SEEDS_A_BLOCK)
    @MethodSource("blocks")
    void keepsEveryPromise(long block) {
        var seen = Seen.NOTHING;
        for (var seed = block * SEEDS_A_BLOCK; seed < (block + 1) * SEEDS_A_BLOCK; seed++) {
            var simulation = new Simulation(seed, Fault.NONE);

            var broken = simulation.run();

            assertThat(broken).as("seed %d", seed).isEmpty();
            seen = seen.and(simulation.seen());
        }
        assertThat(seen.acknowledged()).as("acknowledged trades").isGreaterThan(SEEDS_A_BLOCK);
        assertThat(seen.repeated()).as("repetitions that got the first outcome").isGreaterThan(SEEDS_A_BLOCK / 10);
        assertThat(seen.refused()).as("refusals").isGreaterThan(SEEDS_A_BLOCK);
        assertThat(seen.deepest()).as("events of one bot in flight together").isGreaterThan(4);
        assertThat(seen.continued()).as("owners that came back").isGreaterThan(SEEDS_A_BLOCK / 10);
        assertThat(seen.handedOver()).as("owners that let go for another").isGreaterThan(SEEDS_A_BLOCK / 10);
        assertThat(seen.handedOverOwing()).as("and owed a restart").isGreaterThan(SEEDS_A_BLOCK / 20);
    }

    @ParameterizedTest(name = "fails with {0}")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesAMissingRule(Fault fault) {
        var noticed = LongStream.range(0, SEEDS_TO_FAIL)
                .anyMatch(seed -> !new Simulation(seed, fault).run().isEmpty());

        assertThat(noticed).isTrue();
    }
}
