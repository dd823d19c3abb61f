package io.everstate.cli.fleet;

import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Bots.ActionsDone;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "force-save",
        description =
                "Appends a checkpoint of every bot with its newest prices to the log; ends with 1 if one was refused.")
public final class ForceSaveCommand implements Callable<Integer> {

    @Option(
            names = "--selector",
            description = "which bots, as strategy=grid,env=prod (default: all)",
            defaultValue = "")
    private String selector = "";

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        ActionsDone done = new Bots(new Services(dataOption.data(), System.getenv()))
                .act(new Bots.Actions("FORCE_SAVE", selector));
        System.out.println(jsonOption.show(done, () -> report(done)));
        return (done.refused() == 0 ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static String report(ActionsDone done) {
        String sum = done.done() + " bots saved, " + done.refused() + " refused.";
        if (done.refused() == 0) {
            return sum;
        }
        Table table = new Table("BOT", "NAME", "STATUS", "WHY");
        done.results().stream()
                .filter(result -> result.detail() != null)
                .forEach(result ->
                        table.row(result.bot(), result.name(), result.status(), String.valueOf(result.detail())));
        return sum + "\n" + table.render();
    }
}
