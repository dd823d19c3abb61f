package io.everstate.cli.state;

import io.everstate.cli.client.Services;
import io.everstate.cli.client.Watch;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Spans;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.view.ComponentView;
import io.everstate.contracts.view.HealthView;
import io.everstate.contracts.view.HealthView.Due;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "health",
        description =
                "Shows how the system is in percent, why it is not better, and each part of it; ends with 1 below --at-least.")
public final class HealthCommand implements Callable<Integer> {
    private static final int FULL = 100;

    @Option(
            names = "--at-least",
            paramLabel = "<percent>",
            description = "what counts as well (default: ${DEFAULT-VALUE})",
            defaultValue = "75")
    private int atLeast = 75;

    @Option(
            names = "--bots",
            paramLabel = "<n>",
            description = "how many bots below 100 are shown, the worst first (default: ${DEFAULT-VALUE})",
            defaultValue = "10")
    private int shown = 10;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    /** As {@code --json} shows it. */
    record Answer(HealthView health, List<ComponentView> worstBots) {}

    @Override
    public Integer call() {
        Watch watch = new Watch(new Services(dataOption.data(), System.getenv()));
        HealthView health = watch.health();
        boolean askForBots = health.bots() != null && shown > 0;
        Answer answer = new Answer(health, askForBots ? watch.worstBots(shown, FULL) : List.of());
        System.out.println(jsonOption.show(answer, () -> sheet(answer)));
        return exitCode(health, atLeast).number();
    }

    static ExitCode exitCode(HealthView health, int atLeast) {
        return health.percent() >= atLeast ? ExitCode.OK : ExitCode.FAILED;
    }

    static String sheet(Answer answer) {
        HealthView health = answer.health();
        StringBuilder text = new StringBuilder();
        text.append(
                "Health: %d %% at %s%n".formatted(health.percent(), health.at().truncatedTo(ChronoUnit.SECONDS)));
        health.worst().forEach(reason -> text.append("  %s%n".formatted(reason)));
        text.append("Next snapshot: %s%n".formatted(due(health.nextSnapshot())));
        text.append("Next backup: %s%n".formatted(due(health.nextBackup())));
        text.append("%n%s%n%n%s".formatted(components(health.components()), bots(answer)));
        return text.toString();
    }

    private static String due(Due due) {
        if (due.unknown() != null) {
            return "not known, " + due.unknown();
        }
        Duration left = due.in();
        return due.what() + (left == null || left.isZero() ? ", due now" : " in " + Spans.of(left));
    }

    private static String components(List<ComponentView> components) {
        Table table = new Table("COMPONENT", "SCORE", "ANSWERED", "LAG", "FAILED", "REASON");
        components.forEach(one -> table.row(
                one.id(), one.score(), ago(one), one.lag() == null ? "-" : one.lag(), one.errors(), reason(one)));
        return table.render();
    }

    private static String bots(Answer answer) {
        HealthView.Bots bots = answer.health().bots();
        if (bots == null) {
            return "Of the bots nothing is known, for the database does not answer.";
        }
        String sum =
                "Bots: %d, score %d on average, %d below 50.".formatted(bots.count(), bots.mean(), bots.unhealthy());
        if (answer.worstBots().isEmpty()) {
            return sum;
        }
        Table table = new Table("BOT", "NAME", "SCORE", "ACTIVE", "FINDINGS", "REASON");
        answer.worstBots()
                .forEach(bot -> table.row(bot.id(), bot.name(), bot.score(), ago(bot), bot.errors(), reason(bot)));
        return sum + "\n\n" + table.render();
    }

    private static String ago(ComponentView one) {
        Duration ago = one.freshness();
        return ago == null ? "-" : Spans.of(ago) + " ago";
    }

    private static String reason(ComponentView one) {
        return one.reason() == null ? "" : one.reason();
    }
}
