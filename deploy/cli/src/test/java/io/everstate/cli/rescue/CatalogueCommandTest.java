package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.CatalogueRebuildView;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import io.everstate.contracts.backup.CatalogueRebuildView.Problem;
import io.everstate.contracts.backup.CatalogueRebuildView.Status;
import io.everstate.contracts.backup.CatalogueView;
import io.everstate.contracts.backup.CatalogueView.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CatalogueCommandTest {
    private static final UUID ID = UUID.fromString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
    private static final Instant AT = Instant.parse("2026-11-22T14:00:00Z");

    @Test
    void saysWhyNothingIsDeleted() {
        var lost = new CatalogueView(State.INCOMPLETE, AT, 3, 2, List.of("one"), 0, "the bucket holds 2 archives");

        assertThat(CatalogueCommand.sentence(lost)).isEqualTo("Nothing is deleted: the bucket holds 2 archives.");
        assertThat(CatalogueCommand.sentence(new CatalogueView(State.COMPLETE, AT, 3, 0, List.of(), 0, null)))
                .isEqualTo("All 3 archives of the bucket are known.");
    }

    @Test
    void namesEachArchiveThatDidNotBecomeABackup() {
        var rebuild = new CatalogueRebuildView(
                ID,
                Status.FAILED,
                AT,
                AT,
                3,
                Map.of(Outcome.VERIFIED, 2L, Outcome.NEEDS_KEY, 1L),
                10,
                10,
                List.of(new Problem("backups/a", ID, Outcome.NEEDS_KEY, "it is encrypted")),
                "1 archives are left open");

        assertThat(CatalogueCommand.sheet(rebuild)).isEqualTo("""
                The bucket holds 3 archives. Not known before: 2 VERIFIED, 1 NEEDS_KEY.
                1 archives are left open.

                OBJECT     OUTCOME    WHY
                backups/a  NEEDS_KEY  it is encrypted""");
    }
}
