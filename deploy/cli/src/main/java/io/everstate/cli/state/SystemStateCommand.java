package io.everstate.cli.state;

import io.everstate.cli.client.Services;
import io.everstate.cli.client.State;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Spans;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.view.ConfigurationView;
import io.everstate.contracts.view.SystemStateView;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "system-state",
        description = "Shows the system as a whole: version, starts, bots and their configurations.")
public final class SystemStateCommand implements Callable<Integer> {
    private static final int HASH_SHOWN = 12;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    /** As {@code --json} shows it. */
    record Answer(SystemStateView system, List<ConfigurationView> configurations) {}

    @Override
    public Integer call() {
        State state = new State(new Services(dataOption.data(), System.getenv()));
        Answer answer = new Answer(state.system(), state.configurations());
        System.out.println(jsonOption.show(answer, () -> sheet(answer)));
        return ExitCode.OK.number();
    }

    static String sheet(Answer answer) {
        SystemStateView system = answer.system();
        Table facts = new Table(
                "SYSTEM STATE", system.at().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.row("version", system.version());
        facts.row(
                "system start time",
                system.startedAt() == null ? "-" : system.startedAt().truncatedTo(ChronoUnit.SECONDS));
        facts.row("uptime", system.uptime() == null ? "-" : Spans.of(system.uptime()));
        facts.row("server restarts", system.serverRestarts());
        facts.row("registered bots", system.bots() + counts(system.byStatus()));
        facts.row(
                "kinds",
                system.byKind().isEmpty() ? "-" : counts(system.byKind()).strip());
        facts.row("in emergency stop", system.emergencyStopped());
        facts.row("default arbitrage bot", system.defaultArbitrageBot() ? "yes" : "no");
        facts.row("trades", system.trades());
        facts.row("total profit", system.totalProfit());
        facts.row("newest snapshot", snapshot(system.newestSnapshot()));
        facts.row("not folded yet", system.lag() < 0 ? "unknown, the log does not answer" : system.lag() + " records");
        return facts.render() + "\n\n" + bots(answer.configurations());
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String snapshot(SystemStateView.@Nullable SnapshotMark snapshot) {
        return snapshot == null
                ? "none"
                : "%s %s at %s%s"
                        .formatted(
                                snapshot.kind(),
                                snapshot.id(),
                                snapshot.takenAt().truncatedTo(ChronoUnit.SECONDS),
                                snapshot.valid() ? "" : ", NOT VALID");
    }

    private static String bots(List<ConfigurationView> configurations) {
        if (configurations.isEmpty()) {
            return "There are no bots yet.";
        }
        Table bots = new Table("BOT", "NAME", "STATUS", "CONFIGURATION", "HASH");
        for (ConfigurationView bot : configurations) {
            bots.row(
                    bot.bot(),
                    bot.name(),
                    bot.status(),
                    "version " + bot.version(),
                    bot.hash().substring(0, Math.min(HASH_SHOWN, bot.hash().length())));
        }
        return bots.render();
    }
}
