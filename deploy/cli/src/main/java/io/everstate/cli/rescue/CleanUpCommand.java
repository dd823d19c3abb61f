package io.everstate.cli.rescue;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Poll;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.RetentionPlanView;
import io.everstate.contracts.backup.RetentionRequest;
import io.everstate.contracts.backup.RetentionRunView;
import io.everstate.contracts.backup.RetentionRunView.Status;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "cleanup",
        description =
                "Gives up the backups that policy does not keep, or one that is named (admin). What is given up cannot be"
                        + " had back: look at it with --dry-run first.")
public final class CleanUpCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Option(names = "--workspace", description = "default: ${DEFAULT-VALUE}", defaultValue = "default")
    private String workspace = "";

    @Option(
            names = "--backup-id",
            description = "the only one that goes; refused where nothing younger stands for it, or something needs it",
            converter = UuidConverter.class)
    private @Nullable UUID backupId;

    @Option(names = "--reason", description = "why that one is to go; wanted with --backup-id")
    private @Nullable String reason;

    @Option(names = "--dry-run", description = "shows what would become of each backup, and why; changes nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (!dryRun && (backupId == null) != (reason == null)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--backup-id and --reason belong together");
        }
        Rescue rescue = new Rescue(new Services(dataOption.data(), System.getenv()));
        return dryRun ? show(rescue.plan(workspace, backupId)) : run(rescue);
    }

    private int show(RetentionPlanView plan) {
        System.out.println(jsonOption.show(plan, () -> table(plan)));
        return (plan.refusal() == null ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static String table(RetentionPlanView plan) {
        if (plan.decisions().isEmpty()) {
            return "There are no backups of " + plan.workspace() + " yet.";
        }
        Table table = new Table("ID", "KIND", "OF", "GOOD", "WOULD", "WHY");
        for (RetentionPlanView.Decision decision : plan.decisions()) {
            table.row(
                    decision.backupId(),
                    decision.kind(),
                    decision.recordedAt().truncatedTo(ChronoUnit.SECONDS),
                    decision.good() ? "yes" : "no",
                    decision.deleted() ? "go" : "stay",
                    decision.why());
        }
        String end = plan.refusal() == null
                ? plan.good() + " good ones would remain."
                : "Nothing would be done: " + plan.refusal() + ".";
        return table.render() + System.lineSeparator() + end;
    }

    private int run(Rescue rescue) {
        RetentionRunView accepted = rescue.cleanUp(new RetentionRequest(workspace, backupId, reason));
        RetentionRunView run = Poll.until(() -> finished(rescue.cleanUp(accepted.id())), LOOK, PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        "clean-up " + accepted.id() + " waits for other work of the workspace for "
                                + PATIENCE.toMinutes() + " minutes, and will run behind it"));
        System.out.println(jsonOption.show(run, () -> sentence(run)));
        return (run.status() == Status.COMPLETED ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private static Optional<RetentionRunView> finished(RetentionRunView run) {
        return run.status() == Status.REQUESTED ? Optional.empty() : Optional.of(run);
    }

    private static String sentence(RetentionRunView run) {
        return run.refusal() == null
                ? "%d %s given up; their objects go within seconds."
                        .formatted(run.deleted(), run.deleted() == 1 ? "backup was" : "backups were")
                : "Nothing was given up: " + run.refusal() + ".";
    }
}
