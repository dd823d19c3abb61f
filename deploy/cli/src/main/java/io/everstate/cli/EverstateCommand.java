package io.everstate.cli;

import io.everstate.cli.console.ExitCode;
import io.everstate.cli.fleet.BotsCommand;
import io.everstate.cli.fleet.ForceSaveCommand;
import io.everstate.cli.fleet.StartBotCommand;
import io.everstate.cli.rescue.BackupCommand;
import io.everstate.cli.rescue.BackupSystemCommand;
import io.everstate.cli.rescue.CatalogueCommand;
import io.everstate.cli.rescue.CleanUpCommand;
import io.everstate.cli.rescue.DisasterCheckCommand;
import io.everstate.cli.rescue.EventArchiveCommand;
import io.everstate.cli.rescue.ListCommand;
import io.everstate.cli.rescue.RecoveryKitCommand;
import io.everstate.cli.rescue.RestoreCommand;
import io.everstate.cli.rescue.SchedulesCommand;
import io.everstate.cli.rescue.StateBackupCommand;
import io.everstate.cli.rescue.StorageCommand;
import io.everstate.cli.rescue.VerifyCommand;
import io.everstate.cli.state.HealthCommand;
import io.everstate.cli.state.ImportCommand;
import io.everstate.cli.state.MetricsHistoryCommand;
import io.everstate.cli.state.ParkedCommand;
import io.everstate.cli.state.RebuildCommand;
import io.everstate.cli.state.SnapshotsCommand;
import io.everstate.cli.state.StateCommand;
import io.everstate.cli.state.SystemStateCommand;
import io.everstate.cli.state.ValidationsCommand;
import io.everstate.cli.suite.DownCommand;
import io.everstate.cli.suite.StatusCommand;
import io.everstate.cli.suite.UpCommand;
import io.everstate.cli.tour.DemoCommand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand: shows what there is. Every command below it takes {@code --help} as it does. */
@Command(
        name = "everstate",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        version = "everstate 0.1.0",
        description = "Keeps fleets of trading bots alive.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            BotsCommand.class,
            ForceSaveCommand.class,
            StartBotCommand.class,
            BackupCommand.class,
            BackupSystemCommand.class,
            StateBackupCommand.class,
            ListCommand.class,
            RestoreCommand.class,
            CleanUpCommand.class,
            VerifyCommand.class,
            SchedulesCommand.class,
            CatalogueCommand.class,
            StorageCommand.class,
            RecoveryKitCommand.class,
            EventArchiveCommand.class,
            DisasterCheckCommand.class,
            StateCommand.class,
            SnapshotsCommand.class,
            SystemStateCommand.class,
            MetricsHistoryCommand.class,
            HealthCommand.class,
            ParkedCommand.class,
            ImportCommand.class,
            ValidationsCommand.class,
            RebuildCommand.class,
            DemoCommand.class
        })
final class EverstateCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            PrintWriter err = spec.commandLine().getErr();
            spec.commandLine().usage(err);
            err.println("everstate: a command is missing");
            err.flush();
        }
        return ExitCode.USAGE.number();
    }
}
