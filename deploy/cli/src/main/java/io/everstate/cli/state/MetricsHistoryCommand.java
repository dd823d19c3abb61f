package io.everstate.cli.state;

import io.everstate.cli.client.Services;
import io.everstate.cli.client.State;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Spans;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.view.MetricsHistoryView;
import io.everstate.contracts.view.MetricsPoint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "metrics-history",
        description = "Shows bots, profit, trades, memory and uptime hour by hour, the newest first.")
public final class MetricsHistoryCommand implements Callable<Integer> {
    private static final long MEBIBYTE = 1024L * 1024;

    @Option(names = "--hours", paramLabel = "<n>", defaultValue = "24", description = "how far back (default: 24)")
    private int hours;

    @Option(names = "--minutes", description = "minute by minute, of which the last day is kept")
    private boolean minutes;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        State state = new State(new Services(dataOption.data(), System.getenv()));
        MetricsHistoryView history = state.history(hours, minutes ? "minute" : "hour");
        System.out.println(jsonOption.show(history, () -> sheet(history)));
        return ExitCode.OK.number();
    }

    static String sheet(MetricsHistoryView history) {
        String title = "System metrics of the last %d hours: %d data points%s."
                .formatted(history.hours(), history.points().size(), missing(history.missing()));
        if (history.points().isEmpty()) {
            return title;
        }
        Table table = new Table("TIMESTAMP", "BOTS", "RUNNING", "PROFIT", "TRADES", "MEMORY", "UPTIME", "RESTARTS");
        for (MetricsPoint point : history.points()) {
            table.row(
                    point.at(),
                    point.bots(),
                    point.running(),
                    point.profit(),
                    point.trades(),
                    point.memory() / MEBIBYTE + " MiB",
                    Spans.of(point.uptime()),
                    point.restarts());
        }
        return title + "\n\n" + table.render();
    }

    private static String missing(long count) {
        return count == 0 ? "" : ", %d %s missing: nothing ran then".formatted(count, count == 1 ? "is" : "are");
    }
}
