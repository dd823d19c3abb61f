package io.everstate.cli.fleet;

import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Bots.RestoreOf;
import io.everstate.cli.client.Bots.Restored;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Brings the holdings of a stopped bot back to one of its checkpoints; needs the role admin.")
final class RestoreBotCommand implements Callable<Integer> {

    @Parameters(paramLabel = "<bot-id>")
    private String id = "";

    @Option(
            names = "--sequence",
            paramLabel = "<number>",
            description = "as `bots checkpoints` shows it (default: the newest sound one before the present)")
    private @Nullable Long sequence;

    @Option(names = "--symbol", description = "one market alone, as BTC/USD (default: all)")
    private @Nullable String symbol;

    @Option(names = "--dry-run", description = "show what would change, and change nothing")
    private boolean dryRun;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        Bots bots = new Bots(new Services(dataOption.data(), System.getenv()));
        Restored restored = bots.restore(id, new RestoreOf(sequence, symbol), dryRun);
        System.out.println(jsonOption.show(restored, () -> report(restored)));
        return ExitCode.OK.number();
    }

    private static String report(Restored restored) {
        StringBuilder report = new StringBuilder();
        restored.passedOver()
                .forEach(defect -> report.append("Note: ").append(defect).append('\n'));
        report.append(restored.dryRun() ? "It would go back to event " : "It went back to event ")
                .append(restored.from())
                .append(restored.symbol() == null ? "" : " in " + restored.symbol());
        if (restored.differences().isEmpty()) {
            return report.append("; nothing differs.").toString();
        }
        Table table = new Table("FIELD", restored.dryRun() ? "NOW" : "BEFORE", restored.dryRun() ? "WOULD BE" : "NOW");
        restored.differences()
                .forEach(difference -> table.row(
                        difference.field(),
                        Objects.requireNonNullElse(difference.before(), "-"),
                        Objects.requireNonNullElse(difference.after(), "-")));
        return report.append(":\n").append(table.render()).toString();
    }
}
