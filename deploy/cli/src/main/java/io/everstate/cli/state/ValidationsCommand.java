package io.everstate.cli.state;

import io.everstate.cli.client.Services;
import io.everstate.cli.client.Watch;
import io.everstate.cli.client.Watch.Finding;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "validations",
        description =
                "Lists what was found in the log and in snapshots, the newest first; ends with 1 if something is wrong and not over.")
public final class ValidationsCommand implements Callable<Integer> {

    @Option(
            names = "--limit",
            paramLabel = "<n>",
            description = "how many, 500 at most (default: ${DEFAULT-VALUE})",
            defaultValue = "50")
    private int limit = 50;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        List<Finding> findings = watch(dataOption).findings(limit);
        System.out.println(jsonOption.show(findings, () -> sheet(findings)));
        return exitCode(findings).number();
    }

    static ExitCode exitCode(List<Finding> findings) {
        return findings.stream().allMatch(finding -> finding.valid() || finding.healed() != null)
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    static String sheet(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "Nothing was looked at yet, and nothing was found.";
        }
        Table table = new Table("ID", "FOUND", "KIND", "OF", "STATE", "WHAT");
        findings.forEach(finding -> table.row(
                finding.id(),
                finding.found().truncatedTo(ChronoUnit.SECONDS),
                finding.kind(),
                of(finding),
                state(finding),
                String.join("; ", finding.findings())));
        return table.render();
    }

    private static String of(Finding finding) {
        if (finding.snapshot() != null) {
            return "snapshot " + finding.snapshot();
        }
        return finding.bot() == null ? "partition " + finding.partition() : "bot " + finding.bot();
    }

    private static String state(Finding finding) {
        if (finding.valid()) {
            return "valid";
        }
        if (finding.healed() == null) {
            return "OPEN";
        }
        return finding.settled() == null ? "over" : "settled";
    }

    @Command(
            name = "settle",
            description = "Says that a loss is over which nothing in the log makes good any more (LOST_END, REPLACED).")
    int settle(
            @Parameters(paramLabel = "<id>") String id,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "<text>",
                            description = "why the loss is over; for the audit log, and listed with the finding")
                    String reason,
            @Mixin DataOption where,
            @Mixin JsonOption json) {
        Finding settled = watch(where).settle(id, reason);
        System.out.println(json.show(settled, () -> sentence(settled)));
        return ExitCode.OK.number();
    }

    static String sentence(Finding settled) {
        return "Finding %d (%s of %s) is over.".formatted(settled.id(), settled.kind(), of(settled));
    }

    private static Watch watch(DataOption where) {
        return new Watch(new Services(where.data(), System.getenv()));
    }
}
