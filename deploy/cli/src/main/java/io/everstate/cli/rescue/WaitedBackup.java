package io.everstate.cli.rescue;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Poll;
import io.everstate.cli.console.ProgressLine;
import io.everstate.cli.console.Remaining;
import io.everstate.contracts.backup.BackupRequest;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BackupView.Status;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Takes backups and waits until each was read back from storage, or failed. */
final class WaitedBackup {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Rescue rescue;
    private final ProgressLine line = new ProgressLine();
    private final Remaining remaining = new Remaining();

    WaitedBackup(Rescue rescue) {
        this.rescue = rescue;
    }

    /** @throws CommandFailedException when it is not finished after an hour */
    BackupView take(BackupRequest request) {
        BackupView accepted = rescue.request(request);
        try {
            return Poll.until(() -> finished(rescue.backup(accepted.id())), LOOK, PATIENCE)
                    .orElseThrow(() -> new CommandFailedException(
                            ExitCode.FAILED,
                            "backup " + accepted.id() + " is not finished after " + PATIENCE.toMinutes()
                                    + " minutes; `everstate list` shows it"));
        } finally {
            line.end();
        }
    }

    private Optional<BackupView> finished(BackupView backup) {
        return switch (backup.status()) {
            case REQUESTED, RUNNING, UPLOADED, FOUND -> {
                line.show(progress(backup));
                yield Optional.empty();
            }
            case COMPLETED, FAILED, CORRUPTED, EXPIRED, DELETED -> Optional.of(backup);
        };
    }

    private String progress(BackupView backup) {
        String doing = switch (backup.status()) {
            case REQUESTED -> "waits for other work of the workspace";
            case UPLOADED, FOUND -> "is read back from storage";
            default -> backup.bytesTotal() == null ? "begins" : remaining.of(backup.bytesDone(), backup.bytesTotal());
        };
        return "%s of %s: %s".formatted(backup.kind(), backup.workspace(), doing);
    }

    static ExitCode exitCode(Collection<BackupView> backups) {
        return backups.stream().allMatch(backup -> backup.status() == Status.COMPLETED) ? ExitCode.OK : ExitCode.FAILED;
    }

    static String sentence(BackupView backup) {
        if (backup.status() != Status.COMPLETED) {
            return "Backup " + backup.id() + " " + backup.status() + ": " + backup.failure();
        }
        return "Backup %s is COMPLETED: %s, %s bytes stored as %s, read back, sha256 %s."
                .formatted(
                        backup.id(),
                        new FileCount(backup.files()),
                        backup.archiveBytes(),
                        backup.objectName(),
                        backup.sha256());
    }
}
