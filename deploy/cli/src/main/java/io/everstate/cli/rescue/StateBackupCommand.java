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

@Command(
        name = "state-backup",
        description =
                "Backs up the bots' state and a workspace's state files, and waits until it was read back from storage;"
                        + " short for `backup --kind STATE_ONLY`.")
public final class StateBackupCommand implements Callable<Integer> {

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Option(names = "--workspace", description = "default: ${DEFAULT-VALUE}", defaultValue = "default")
    private String workspace = "";

    @Override
    public Integer call() {
        BackupView backup = new WaitedBackup(new Rescue(new Services(dataOption.data(), System.getenv())))
                .take(new BackupRequest(workspace, BackupKind.STATE_ONLY, "by the everstate command"));
        System.out.println(jsonOption.show(backup, () -> WaitedBackup.sentence(backup)));
        return WaitedBackup.exitCode(List.of(backup)).number();
    }
}
