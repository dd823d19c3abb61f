package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people read at the end of a backup and of a restore. */
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
    void countsTheFilesOfABackup() {
        assertThat(BackupCommand.sentence(backup(1)))
                .isEqualTo("Backup " + ID + " is COMPLETED: 1 file, 42 bytes stored as name, read back, sha256 sum.");
        assertThat(BackupCommand.sentence(backup(0))).contains("COMPLETED: 0 files, 42 bytes");
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
