package io.everstate.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.client.Snapshots.Validation;
import io.everstate.contracts.view.SnapshotView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("EC14")
class SnapshotsCommandTest {
    private static final UUID ID = UUID.fromString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
    private static final Instant TAKEN = Instant.parse("2026-11-22T12:00:00.123Z");

    private static SnapshotView snapshot(boolean valid) {
        return new SnapshotView(ID, "FULL", 2, TAKEN, Map.of(0, 7L), 12, 4711, "a".repeat(64), valid, null, null);
    }

    @Test
    void listsEachWithWhetherItVerified() {
        assertThat(SnapshotsCommand.table(List.of(snapshot(true), snapshot(false)))
                        .lines())
                .satisfiesExactly(
                        header -> assertThat(header).matches("ID +KIND +TAKEN +BOTS +BYTES +VALID *"),
                        good -> assertThat(good).matches(ID + " +FULL +2026-11-22T12:00:00Z +12 +4711 +yes *"),
                        bad -> assertThat(bad).matches(ID + " +FULL +2026-11-22T12:00:00Z +12 +4711 +NO *"));
    }

    @Test
    void saysWhetherTheOneThatWasTakenVerified() {
        assertThat(SnapshotsCommand.sentence(snapshot(true)))
                .isEqualTo("Snapshot " + ID + " (FULL) is valid: 12 bots, 4711 bytes.");
        assertThat(SnapshotsCommand.sentence(snapshot(false))).contains("is NOT VALID");
    }

    @Test
    void saysWhatAnotherLookFoundASentenceALine() {
        var well = new Validation(ID, TAKEN, true, 100, List.of());
        var damaged = new Validation(ID, TAKEN, false, 40, List.of("line 3 is no state", "frame 2 is damaged"));

        assertThat(SnapshotsCommand.sentence(well)).isEqualTo("Snapshot " + ID + " is valid, quality 100 of 100.");
        assertThat(SnapshotsCommand.sentence(damaged))
                .isEqualTo("Snapshot " + ID
                        + " is NOT VALID, quality 40 of 100.\n- line 3 is no state\n- frame 2 is damaged");
    }
}
