package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final long FAR = 100;
    private static final Set<Integer> PARTITIONS = Set.of(0, 1, 2, 3);

    private final Turns turns = new Turns(FAR);
    private final Map<Integer, Long> lags = new HashMap<>();

    private Set<Integer> reading() {
        return turns.of(PARTITIONS, partition -> lags.getOrDefault(partition, 0L));
    }

    @Test
    void readsAllWhileNoneIsFarBehind() {
        lags.putAll(Map.of(0, FAR, 1, 5L));

        assertThat(reading()).isEqualTo(PARTITIONS);
        assertThat(turns.behind()).isFalse();
    }

    @Test
    void readsOneOfThoseThatAreFarBehindAndAllOthers() {
        lags.putAll(Map.of(0, FAR + 1, 2, FAR + 7, 3, 5L));

        assertThat(reading()).containsExactlyInAnyOrder(0, 1, 3);
        assertThat(turns.behind()).isTrue();
    }

    /** Its broker may be away. */
    @Test
    void goesOnWhenNothingComesOfTheOneWhoseTurnItIs() {
        lags.putAll(Map.of(0, 1_000L, 2, 1_000L));
        reading();

        for (int poll = 0; poll < 4; poll++) {
            turns.polled(Set.of(1));
        }
        var patient = reading();
        turns.polled(Set.of(1));
        var other = reading();
        turns.polled(Set.of(2));

        assertThat(patient).containsExactlyInAnyOrder(0, 1, 3);
        assertThat(other).containsExactlyInAnyOrder(1, 2, 3).isEqualTo(reading());
    }

    @Test
    void staysWithOneUntilItHasNearlyCaughtUp() {
        lags.putAll(Map.of(0, 1_000L, 2, 1_000L, 3, 1_000L));
        reading();
        turns.transactionFull();
        lags.put(0, FAR / 10 + 1);

        assertThat(reading()).as("not far behind, but not done either").containsExactlyInAnyOrder(0, 1);
        assertThat(turns.far()).containsExactlyInAnyOrder(0, 2, 3);
        lags.put(0, FAR / 10);
        assertThat(reading()).containsExactlyInAnyOrder(0, 1, 2);
        lags.put(0, FAR);
        assertThat(reading()).as("its turn is over").containsExactlyInAnyOrder(0, 1, 2);
    }

    /** One that is written to faster than it is folded. */
    @Test
    void staysWithNoneForEver() {
        lags.putAll(Map.of(0, 1_000L, 2, 1_000L, 3, 1_000L));
        var first = reading();
        for (int transaction = 0; transaction < 19; transaction++) {
            turns.transactionFull();
        }
        var still = reading();
        turns.transactionFull();
        var second = reading();
        turns.transactionFull();

        assertThat(first).containsExactlyInAnyOrder(0, 1).isEqualTo(still);
        assertThat(second).containsExactlyInAnyOrder(1, 2).isEqualTo(reading());
    }

    @Test
    void goesOnWithTheNextWhenOneHasCaughtUp() {
        lags.putAll(Map.of(0, 1_000L, 2, 1_000L));
        reading();
        lags.put(0, 0L);

        assertThat(reading()).containsExactlyInAnyOrder(0, 1, 2, 3);
        lags.put(2, 0L);
        assertThat(reading()).isEqualTo(PARTITIONS);
        assertThat(turns.behind()).isFalse();
    }
}
