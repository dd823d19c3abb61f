package io.everstate.cli.rescue;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.BackupView;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists the backups of a workspace.")
public final class ListCommand implements Callable<Integer> {

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Option(names = "--workspace", description = "default: ${DEFAULT-VALUE}", defaultValue = "default")
    private String workspace = "";

    @Override
    public Integer call() {
        Rescue rescue = new Rescue(new Services(dataOption.data(), System.getenv()));
        List<BackupView> backups = rescue.backups(workspace);
        if (backups.isEmpty() && !rescue.workspaces().contains(workspace)) {
            throw new CommandFailedException(
                    ExitCode.REFUSED,
                    "there is no workspace " + workspace + "; there are: " + String.join(", ", rescue.workspaces()));
        }
        System.out.println(
                jsonOption.show(backups, () -> backups.isEmpty() ? "There are no backups yet." : table(backups)));
        return ExitCode.OK.number();
    }

    private static String table(List<BackupView> backups) {
        Table table = new Table("ID", "KIND", "STATUS", "REQUESTED", "FILES", "BYTES", "DESCRIPTION");
        for (BackupView backup : backups) {
            table.row(
                    backup.id(),
                    backup.kind(),
                    backup.status(),
                    backup.requestedAt().truncatedTo(ChronoUnit.SECONDS),
                    backup.files(),
                    backup.archiveBytes() == null ? "-" : backup.archiveBytes(),
                    backup.failure() == null ? backup.description() : backup.failure());
        }
        return table.render();
    }
}
