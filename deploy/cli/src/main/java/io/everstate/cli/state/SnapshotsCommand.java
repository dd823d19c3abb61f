package io.everstate.cli.state;

import io.everstate.cli.client.Services;
import io.everstate.cli.client.Snapshots;
import io.everstate.cli.client.Snapshots.Validation;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.view.SnapshotView;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "snapshots",
        synopsisSubcommandLabel = "COMMAND",
        description = "Takes and looks at snapshots of all bots' states, and brings bots back to what they were.",
        subcommands = RestoreStatesCommand.class)
public final class SnapshotsCommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Command(name = "list", description = "Lists the snapshots, the newest first.")
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "<n>",
                            defaultValue = "100",
                            description = "how many (default: 100)")
                    int limit,
            @Mixin DataOption where,
            @Mixin JsonOption json) {
        if (limit < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).subcommands().get("list"), "--limit is at least 1, not " + limit);
        }
        List<SnapshotView> newest = snapshots(where).newest(limit);
        System.out.println(json.show(newest, () -> newest.isEmpty() ? "There are no snapshots yet." : table(newest)));
        return ExitCode.OK.number();
    }

    @Command(name = "take", description = "Takes a snapshot now and reads it back.")
    int take(
            @Option(
                            names = "--kind",
                            defaultValue = "FULL",
                            description = "FULL: all bots; INCREMENTAL: what changed since the newest (default: FULL)")
                    String kind,
            @Mixin DataOption where,
            @Mixin JsonOption json) {
        SnapshotView taken = snapshots(where).take(kind);
        System.out.println(json.show(taken, () -> sentence(taken)));
        return (taken.valid() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    @Command(name = "validate", description = "Reads a stored snapshot again and checks all of it.")
    int validate(@Parameters(paramLabel = "<snapshot-id>") String id, @Mixin DataOption where, @Mixin JsonOption json) {
        Validation found = snapshots(where).validate(id);
        System.out.println(json.show(found, () -> sentence(found)));
        return (found.valid() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static Snapshots snapshots(DataOption where) {
        return new Snapshots(new Services(where.data(), System.getenv()));
    }

    static String table(List<SnapshotView> snapshots) {
        Table table = new Table("ID", "KIND", "TAKEN", "BOTS", "BYTES", "VALID");
        for (SnapshotView snapshot : snapshots) {
            table.row(
                    snapshot.id(),
                    snapshot.kind(),
                    snapshot.takenAt().truncatedTo(ChronoUnit.SECONDS),
                    snapshot.bots(),
                    snapshot.bytes(),
                    snapshot.valid() ? "yes" : "NO");
        }
        return table.render();
    }

    static String sentence(SnapshotView taken) {
        return "Snapshot %s (%s) is %s: %d bots, %d bytes."
                .formatted(
                        taken.id(), taken.kind(), taken.valid() ? "valid" : "NOT VALID", taken.bots(), taken.bytes());
    }

    static String sentence(Validation found) {
        String verdict = "Snapshot %s is %s, quality %d of 100."
                .formatted(found.snapshotId(), found.valid() ? "valid" : "NOT VALID", found.score());
        return found.findings().isEmpty() ? verdict : verdict + "\n- " + String.join("\n- ", found.findings());
    }
}
