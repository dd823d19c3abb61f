package io.everstate.cli.rescue;

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
import picocli.CommandLine.Option;

@Command(name = "backup", description = "Takes a backup and waits until it was read back from storage.")
public final class BackupCommand implements Callable<Integer> {

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
        BackupView backup = new WaitedBackup(new Rescue(new Services(dataOption.data(), System.getenv())))
                .take(new BackupRequest(workspace, kind, description));
        System.out.println(jsonOption.show(backup, () -> WaitedBackup.sentence(backup)));
        return WaitedBackup.exitCode(List.of(backup)).number();
    }
}
