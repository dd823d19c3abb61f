package io.everstate.cli.rescue;

import static java.util.stream.Collectors.joining;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupRequest;
import io.everstate.contracts.backup.BackupView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "backup-system",
        description =
                "Backs up everything: a FULL of each workspace, with the state of all bots. Says where each of them is, once it"
                        + " was read back from storage.")
public final class BackupSystemCommand implements Callable<Integer> {

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        Rescue rescue = new Rescue(new Services(dataOption.data(), System.getenv()));
        WaitedBackup waited = new WaitedBackup(rescue);
        List<BackupView> backups = rescue.workspaces().stream()
                .map(workspace -> waited.take(
                        new BackupRequest(workspace, BackupKind.FULL, "everything, by the everstate command")))
                .toList();
        System.out.println(jsonOption.show(
                backups,
                () -> backups.stream()
                        .map(backup -> backup.workspace() + ": " + WaitedBackup.sentence(backup))
                        .collect(joining(System.lineSeparator()))));
        return WaitedBackup.exitCode(backups).number();
    }
}
