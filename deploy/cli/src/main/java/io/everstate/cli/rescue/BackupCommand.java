package io.everstate.cli.rescue;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupRequest;
import io.everstate.contracts.backup.BackupView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "backup", description = "Takes a backup and waits until it was read back from storage.")
public final class BackupCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Option(names = "--workspace", description = "default: ${DEFAULT-VALUE}", defaultValue = "default")
    private String workspace = "";

    @Option(
            names = "--kind",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
            defaultValue = "FULL")
    private BackupKind kind = BackupKind.FULL;

    @Option(
            names = "--description",
            description = "default: \"${DEFAULT-VALUE}\"",
            defaultValue = "by the everstate command")
    private String description = "";

    @Override
    public Integer call() {
        Rescue rescue = new Rescue(new Services(dataOption.data(), System.getenv()));
        BackupView accepted = rescue.request(new BackupRequest(workspace, kind, description));
        BackupView backup = Poll.until(() -> finished(rescue.backup(accepted.id())), LOOK, PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        "backup " + accepted.id() + " is not finished after " + PATIENCE.toMinutes()
                                + " minutes; `everstate list` shows it"));
        System.out.println(jsonOption.show(backup, () -> sentence(backup)));
        return (backup.status() == BackupView.Status.COMPLETED ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static Optional<BackupView> finished(BackupView backup) {
        return switch (backup.status()) {
            case REQUESTED, RUNNING, UPLOADED -> Optional.empty();
            case COMPLETED, FAILED, CORRUPTED, EXPIRED, DELETED -> Optional.of(backup);
        };
    }

    static String sentence(BackupView backup) {
        if (backup.status() != BackupView.Status.COMPLETED) {
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
