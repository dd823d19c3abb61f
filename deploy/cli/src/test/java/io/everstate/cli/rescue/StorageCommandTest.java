package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BucketComparisonView;
import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Kind;
import io.everstate.contracts.backup.BucketComparisonView.Status;
import io.everstate.contracts.backup.BucketComparisonView.Sweep;
import io.everstate.contracts.backup.StorageView;
import io.everstate.contracts.backup.StorageView.Backups;
import io.everstate.contracts.backup.StorageView.Bucket;
import io.everstate.contracts.backup.StorageView.Ended;
import io.everstate.contracts.backup.StorageView.Segments;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StorageCommandTest {
    private static final UUID ID = UUID.fromString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
    private static final Instant AT = Instant.parse("2026-11-22T14:00:00Z");
    private static final Bucket UNLOCKED =
            new Bucket("ON", "UNSUPPORTED", null, 0, 3, 0, "the bucket has no object lock");
    private static final Bucket LOCKED = new Bucket("ON", "ON", "COMPLIANCE", 30, 3, 3, null);

    private static StorageView storage(@Nullable Long capacity, @Nullable Double days, @Nullable Bucket bucket) {
        return new StorageView(
                500,
                capacity,
                capacity == null ? null : 50,
                null,
                null,
                days,
                List.of(new Backups("default", BackupKind.FULL, 3, 400)),
                new Segments(7, 100),
                List.of(new Ended(7, 3, 1, 0.75)),
                bucket);
    }

    private static BucketComparisonView comparison(
            Status status, @Nullable Sweep sweep, @Nullable String refusal, Difference... differences) {
        Map<Kind, Long> counts = differences.length == 0 ? Map.of() : Map.of(Kind.ORPHAN, (long) differences.length);
        return new BucketComparisonView(
                ID,
                status,
                AT,
                AT,
                62,
                counts,
                List.of(differences),
                status == Status.FAILED ? "the storage does not answer" : null,
                sweep,
                Arrays.stream(differences)
                        .filter(found -> found.sweptAt() != null)
                        .count(),
                refusal);
    }

    private static Difference orphan(String object, @Nullable Instant swept) {
        return new Difference(object, Kind.ORPHAN, ID, 4L, "there is no manifest beside it", swept);
    }

    @Test
    void showsHowFullItIsAndWhatTheBucketDoesAgainstDeletion() {
        assertThat(StorageSheet.of(storage(1000L, 4.2, UNLOCKED))).isEqualTo("""
                500 of 1000 bytes stored (50 %).
                Full in about 4 days.
                Against deletion: versions ON, object lock UNSUPPORTED; 0 of 3 completed backups are locked.
                Not protected: the bucket has no object lock

                WORKSPACE  KIND      OBJECTS  BYTES
                default    FULL            3    400
                -          segments        7    100
                Backups of the last 7 days: 3 completed, 1 failed.""");
        assertThat(StorageSheet.of(storage(null, null, LOCKED)))
                .startsWith("500 bytes stored.\nAgainst deletion: ")
                .contains("3 of 3 completed backups are locked.\nBackups are locked for 30 days (COMPLIANCE).\n\n");
        assertThat(StorageSheet.of(storage(null, null, null)))
                .contains("What the bucket does against deletion is not known.");
    }

    @Test
    void namesWhatDiffersAndHowItIsRemoved() {
        assertThat(StorageSheet.of(comparison(Status.COMPLETED, null, null, orphan("backups/a", null))))
                .isEqualTo("""
                Comparison 0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55: 62 objects of backups in the bucket, 1 ORPHAN.
                `storage sweep 0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55` removes what is an orphan still.

                OBJECT     IS      BYTES  WHY
                backups/a  ORPHAN      4  there is no manifest beside it""");
        assertThat(StorageSheet.of(comparison(Status.COMPLETED, null, null)))
                .endsWith("in the bucket, nothing differs.");
        assertThat(StorageSheet.of(comparison(Status.FAILED, null, null)))
                .endsWith("It ended early: the storage does not answer.");
    }

    @Test
    void isWellOnlyWhenItCameThroughAndNothingDiffers() {
        assertThat(StorageCommand.isWell(comparison(Status.COMPLETED, null, null)))
                .isTrue();
        assertThat(StorageCommand.isWell(comparison(Status.FAILED, null, null))).isFalse();
        assertThat(StorageCommand.isWell(comparison(Status.COMPLETED, null, null, orphan("a", null))))
                .isFalse();
    }

    @Test
    void saysWhatASweepRemovedAlsoWhereItEnded() {
        Difference gone = orphan("backups/a", AT);
        Difference stayed = orphan("backups/b", null);

        assertThat(StorageSheet.swept(comparison(Status.COMPLETED, Sweep.COMPLETED, null, gone, stayed)))
                .isEqualTo("""
                1 objects of it are removed, and nothing of it is an orphan still.

                OBJECT     IS       BYTES  WHY
                backups/a  REMOVED      4  there is no manifest beside it""");
        assertThat(StorageSheet.swept(comparison(Status.COMPLETED, Sweep.COMPLETED, null, stayed)))
                .isEqualTo("Nothing of it was removed, and nothing of it is an orphan still.");
        assertThat(StorageSheet.swept(comparison(Status.COMPLETED, Sweep.REFUSED, "an archive is unknown", stayed)))
                .isEqualTo("Nothing of it was removed; then it ended: an archive is unknown.");
        assertThat(StorageSheet.swept(
                        comparison(Status.COMPLETED, Sweep.REFUSED, "the storage does not answer", gone, stayed)))
                .startsWith("1 objects of it are removed; then it ended: the storage does not answer.\n\n");
    }

    @Test
    void saysWhenAReportNamesFewerThanThereAre() {
        BucketComparisonView large = new BucketComparisonView(
                ID,
                Status.COMPLETED,
                AT,
                AT,
                1_262,
                Map.of(Kind.ORPHAN, 1_200L),
                List.of(orphan("backups/a", AT)),
                null,
                Sweep.COMPLETED,
                1_200,
                null);

        assertThat(StorageSheet.of(large)).contains("\nThe first 1 of 1200:\n\n");
        assertThat(StorageSheet.swept(large))
                .startsWith(
                        "1200 objects of it are removed, and nothing of it is an orphan still.\nThe first 1 of 1200:\n");
    }
}
