package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import io.everstate.contracts.backup.RestoreDifference.Side;
import io.everstate.contracts.backup.RestoreReport;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.contracts.backup.SegmentPartitionView.Gap;
import io.everstate.contracts.backup.SegmentPartitionView.GapState;
import io.everstate.contracts.backup.TopicRestoreView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people read at the end of a backup, of a restore, and of the event archive. */
class SentenceTest {

    private static final UUID ID = UUID.fromString("01999999-0000-7000-8000-000000000001");
    private static final UUID SAFETY = UUID.fromString("01999999-0000-7000-8000-000000000002");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void tellsWhatARestoreChangedAndWhatItDidNot() {
        assertThat(RestoreCommand.sentence(restored(List.of("configs/a.json"))))
                .isEqualTo("Restored 1 file of workspace default; what was there before is in backup " + SAFETY
                        + ". The bots themselves were not changed: their state is in Kafka.");
        assertThat(RestoreCommand.sentence(restored(List.of("configs/a.json", "configs/b.json"))))
                .startsWith("Restored 2 files of workspace default;");
    }

    @Test
    void tellsWhatARestoreWouldChange() {
        var present = new Side("FILE", 3, "a".repeat(64), null, "640");
        var restored = new Side("FILE", 4, "b".repeat(64), null, "600");

        assertThat(RehearsalSheet.of(
                        restored(List.of()),
                        List.of(
                                new RestoreDifference(".env", Effect.CHANGED, present, restored),
                                new RestoreDifference("a", Effect.SAME, present, present),
                                new RestoreDifference("b", Effect.ADDED, null, restored))))
                .isEqualTo("""
                        CHANGED    .env  3 bytes 640 aaaaaaaa -> 4 bytes 600 bbbbbbbb
                        ADDED      b
                        Nothing was changed. 1 ADDED, 1 CHANGED, 1 SAME.""");
    }

    @Test
    void tellsWhatARollbackTookBackAndWhatItKept() {
        var rollback = new RestoreView(
                ID,
                ID,
                "default",
                RestoreView.Status.COMPLETED,
                NOON,
                NOON,
                SAFETY,
                List.of("configs/a.json"),
                null,
                RestoreView.Step.VALIDATING,
                RestoreReport.EMPTY.with(
                        new RestoreReport.Removal(List.of("added"), List.of("learned"), List.of("traded"))),
                null,
                null,
                null,
                ID,
                null,
                null);

        assertThat(RestoreCommand.sentence(rollback))
                .isEqualTo("Rolled restore " + ID + " back: 1 file came back, 1 added paths are gone; what was there"
                        + " before is in backup " + SAFETY
                        + ".\nKept, since it was written after the restore: learned"
                        + "\nReplaced, though it was written after the restore: traded");
    }

    @Test
    void countsTheFilesOfABackup() {
        assertThat(WaitedBackup.sentence(backup(1)))
                .isEqualTo("Backup " + ID + " is COMPLETED: 1 file, 42 bytes stored as name, read back, sha256 sum.");
        assertThat(WaitedBackup.sentence(backup(0))).contains("COMPLETED: 0 files, 42 bytes");
    }

    @Test
    void tellsWhereTheArchiveOfTheLogEnds() {
        assertThat(EventArchiveCommand.sentence(madeAgain(TopicRestoreView.Status.COMPLETED, "events", null)))
                .isEqualTo("Topic events was made again, and read back: 15 records in 3 segments of 2 partitions.");
        assertThat(EventArchiveCommand.sentence(madeAgain(TopicRestoreView.Status.COMPLETED, null, null)))
                .isEqualTo("All of it is whole: 15 records in 3 segments of 2 partitions.");
        assertThat(EventArchiveCommand.sentence(
                        madeAgain(TopicRestoreView.Status.FAILED, null, "offset 7 of partition 1 is missing")))
                .isEqualTo(
                        "offset 7 of partition 1 is missing. Before that: 15 records in 3 segments of 2 partitions.");
    }

    @Test
    void showsWhatTheArchiveDoesNotHave() {
        assertThat(EventArchiveCommand.sheet(List.of(
                        partition(List.of(new Gap(GapState.LOST, 0, 4, 5), new Gap(GapState.LATE, 9, 11, 3)), null),
                        partition(List.of(), "the log has lost its end"))))
                .contains("LOST 0 to 4, LATE 9 to 11: no answer", "the log has lost its end");
    }

    private static SegmentPartitionView partition(List<Gap> gaps, @Nullable String divergence) {
        return new SegmentPartitionView("events", "id", 0, 9, 0L, 12L, NOON, NOON, gaps, divergence, "no answer");
    }

    private static TopicRestoreView madeAgain(
            TopicRestoreView.Status status, @Nullable String topic, @Nullable String failure) {
        return new TopicRestoreView(
                ID,
                "id",
                topic,
                status,
                NOON,
                NOON,
                List.of(
                        new TopicRestoreView.Partition(0, 10, 10, 2, "sum"),
                        new TopicRestoreView.Partition(1, 5, 5, 1, "sum")),
                failure);
    }

    private static RestoreView restored(List<String> files) {
        return new RestoreView(ID, ID, "default", RestoreView.Status.COMPLETED, NOON, NOON, SAFETY, files, null);
    }

    private static BackupView backup(int files) {
        return new BackupView(
                ID,
                "default",
                BackupKind.FULL,
                BackupView.Status.COMPLETED,
                "by hand",
                NOON,
                NOON,
                files,
                42,
                42L,
                "name",
                "sum",
                null,
                null);
    }
}
