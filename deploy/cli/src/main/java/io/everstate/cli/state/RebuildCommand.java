package io.everstate.cli.state;

import io.everstate.cli.client.Rebuilds;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Spans;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.view.RebuildDifferenceView;
import io.everstate.contracts.view.RebuildView;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rebuild",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Folds the log a second time beside the present states, compares the two, and lets one take the place of the other.")
public final class RebuildCommand {

    @Command(name = "start", description = "Begins one; it ends COMPARED, and nothing is switched by itself.")
    int start(
            @Option(names = "--reason", required = true, paramLabel = "<text>", description = "why it is done")
                    String reason,
            @Mixin DataOption where,
            @Mixin JsonOption json) {
        return shown(rebuilds(where).start(reason), json);
    }

    @Command(name = "list", description = "Shows the newest ones.")
    int list(@Mixin DataOption where, @Mixin JsonOption json) {
        List<RebuildView> newest = rebuilds(where).newest();
        System.out.println(json.show(newest, () -> sheet(newest)));
        return ExitCode.OK.number();
    }

    @Command(name = "show", description = "Shows how far one is, and the bots that differ.")
    int show(@Parameters(paramLabel = "<rebuild-id>") String id, @Mixin DataOption where, @Mixin JsonOption json) {
        Rebuilds rebuilds = rebuilds(where);
        Answer answer = new Answer(rebuilds.one(id), rebuilds.differences(id));
        System.out.println(json.show(answer, () -> sheet(answer)));
        return ExitCode.OK.number();
    }

    @Command(name = "switch", description = "Lets the rebuilt states take the place of the first, which are kept.")
    int switchOver(
            @Parameters(paramLabel = "<rebuild-id>") String id,
            @Option(
                            names = "--accept-differences",
                            paramLabel = "<reason>",
                            description = "also when bots differ, and why; needs the role admin")
                    @Nullable
                    String reason,
            @Mixin DataOption where,
            @Mixin JsonOption json) {
        return shown(rebuilds(where).switchOver(id, reason), json);
    }

    @Command(name = "rollback", description = "Lets the first states answer again, and drops the rebuilt ones.")
    int rollback(@Parameters(paramLabel = "<rebuild-id>") String id, @Mixin DataOption where, @Mixin JsonOption json) {
        return shown(rebuilds(where).act(id, "rollback"), json);
    }

    @Command(
            name = "confirm",
            description = "Drops the first states, which were kept: there is no way back then. Needs the role admin.")
    int confirm(@Parameters(paramLabel = "<rebuild-id>") String id, @Mixin DataOption where, @Mixin JsonOption json) {
        return shown(rebuilds(where).act(id, "confirm"), json);
    }

    @Command(name = "cancel", description = "Drops what was rebuilt so far.")
    int cancel(@Parameters(paramLabel = "<rebuild-id>") String id, @Mixin DataOption where, @Mixin JsonOption json) {
        return shown(rebuilds(where).act(id, "cancel"), json);
    }

    /** As {@code --json} shows it. */
    record Answer(RebuildView rebuild, List<RebuildDifferenceView> differences) {}

    private static Rebuilds rebuilds(DataOption where) {
        return new Rebuilds(new Services(where.data(), System.getenv()));
    }

    private static int shown(RebuildView rebuild, JsonOption json) {
        System.out.println(json.show(rebuild, () -> line(rebuild)));
        return ExitCode.OK.number();
    }

    private static String line(RebuildView rebuild) {
        return "rebuild %s is %s%s".formatted(rebuild.id(), rebuild.status(), progress(rebuild.progress()));
    }

    private static String progress(RebuildView.@Nullable Progress progress) {
        if (progress == null) {
            return "";
        }
        String left = progress.left() == null ? "" : ", " + Spans.of(progress.left()) + " left";
        return ": %d %% of %d records%s".formatted(progress.percent(), progress.total(), left);
    }

    static String sheet(List<RebuildView> rebuilds) {
        if (rebuilds.isEmpty()) {
            return "There was no rebuild yet.";
        }
        Table table = new Table("REBUILD", "STATUS", "SINCE", "DIFFERENCES", "REASON");
        for (RebuildView rebuild : rebuilds) {
            table.row(
                    rebuild.id(),
                    rebuild.status(),
                    rebuild.changedAt().truncatedTo(ChronoUnit.SECONDS),
                    rebuild.differences() == null ? "-" : rebuild.differences(),
                    rebuild.reason());
        }
        return table.render();
    }

    static String sheet(Answer answer) {
        RebuildView rebuild = answer.rebuild();
        StringBuilder sheet = new StringBuilder(line(rebuild));
        if (rebuild.note() != null) {
            sheet.append('\n').append(rebuild.note());
        }
        if (rebuild.differences() != null) {
            sheet.append("\n%d bots differ.".formatted(rebuild.differences()));
        }
        if (!answer.differences().isEmpty()) {
            sheet.append("\n\n").append(differences(answer.differences()));
        }
        return sheet.toString();
    }

    private static String differences(List<RebuildDifferenceView> differences) {
        Table table = new Table("BOT", "PARTITION", "DIFFERS IN", "SEQUENCE", "REBUILT", "TRADES", "REBUILT");
        for (RebuildDifferenceView one : differences) {
            table.row(
                    one.bot(),
                    one.partition(),
                    one.what(),
                    one.sequence() == null ? "-" : one.sequence(),
                    one.rebuiltSequence() == null ? "-" : one.rebuiltSequence(),
                    one.trades(),
                    one.rebuiltTrades());
        }
        return table.render();
    }
}
