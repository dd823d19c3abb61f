package io.everstate.cli.rescue;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.RestoreRequest;
import io.everstate.contracts.backup.RestoreView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        description = "Puts a workspace's files back from a backup, after a safety backup of what is there now.")
public final class RestoreCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Option(
            names = "--backup-id",
            required = true,
            description = "as `everstate list` shows it",
            converter = UuidConverter.class)
    private @Nullable UUID backupId;

    @Option(
            names = "--path",
            description = "one file, relative to the workspace, repeatable (default: all of the archive)")
    private List<String> paths = List.of();

    @Override
    public Integer call() {
        Rescue rescue = new Rescue(new Services(dataOption.data(), System.getenv()));
        RestoreView accepted = rescue.request(new RestoreRequest(backupId, paths.isEmpty() ? null : paths));
        RestoreView restore = Poll.until(() -> finished(rescue.restore(accepted.id())), LOOK, PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        "restore " + accepted.id() + " is not finished after " + PATIENCE.toMinutes() + " minutes"));
        System.out.println(jsonOption.show(restore, () -> sentence(restore)));
        return (restore.status() == RestoreView.Status.COMPLETED ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static Optional<RestoreView> finished(RestoreView restore) {
        return restore.status() == RestoreView.Status.RUNNING ? Optional.empty() : Optional.of(restore);
    }

    static String sentence(RestoreView restore) {
        if (restore.status() != RestoreView.Status.COMPLETED) {
            return "Restore " + restore.id() + " " + restore.status() + ": " + restore.failure();
        }
        return "Restored %s of workspace %s; what was there before is in backup %s. %s"
                .formatted(
                        new FileCount(restore.files().size()),
                        restore.workspace(),
                        restore.safetyBackupId(),
                        "The bots themselves were not changed: their state is in Kafka.");
    }
}
