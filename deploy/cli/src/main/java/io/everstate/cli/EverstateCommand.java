package io.everstate.cli;

import io.everstate.cli.fleet.BotsCommand;
import io.everstate.cli.fleet.ForceSaveCommand;
import io.everstate.cli.fleet.StartBotCommand;
import io.everstate.cli.rescue.BackupCommand;
import io.everstate.cli.rescue.DisasterCheckCommand;
import io.everstate.cli.rescue.ListCommand;
import io.everstate.cli.rescue.RestoreCommand;
import io.everstate.cli.suite.DownCommand;
import io.everstate.cli.suite.StatusCommand;
import io.everstate.cli.suite.UpCommand;
import io.everstate.cli.tour.DemoCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand: shows what there is. */
@Command(
        name = "everstate",
        mixinStandardHelpOptions = true,
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
            ListCommand.class,
            RestoreCommand.class,
            DisasterCheckCommand.class,
            DemoCommand.class
        })
final class EverstateCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }
}
