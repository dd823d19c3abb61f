package io.everstate.cli.rescue;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Poll;
import io.everstate.cli.console.ProgressLine;
import io.everstate.cli.console.Remaining;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.RestoreReport;
import io.everstate.contracts.backup.RestoreRequest;
import io.everstate.contracts.backup.RestoreRequest.Category;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RollbackRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        description = "Puts a workspace's files back from a backup, after a safety backup of what is there now.")
public final class RestoreCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    /** A backup, or a restore that is over. */
    private static final class What {
        @Option(names = "--backup-id", description = "as `everstate list` shows it", converter = UuidConverter.class)
        private @Nullable UUID backupId;

        @Option(
                names = "--rollback",
                paramLabel = "<restore-id>",
                description =
                        "takes that restore back: what it replaced comes back, what it added goes unless it was written since",
                converter = UuidConverter.class)
        private @Nullable UUID rolledBack;
    }

    @Option(
            names = "--path",
            description = "one file, relative to the workspace, repeatable (default: all of the archive)")
    private List<String> paths = List.of();

    @Option(
            names = "--category",
            description = "instead of --path: ${COMPLETION-CANDIDATES}, by the workspace's lists of files, repeatable")
    private List<Category> categories = List.of();

    @Option(
            names = "--to",
            description = "a new or empty directory below everstate.restore.elsewhere-root, instead of the workspace")
    private @Nullable String to;

    @Option(names = "--dry-run", description = "only says what it would do with each file")
    private boolean dryRun;

    @Option(
            names = "--rollback-on-invalid",
            description = "puts back what was there when a file that was restored is not sound")
    private boolean rollbackOnInvalid;

    @Option(
            names = "--overwrite-written",
            description = "with --rollback: also replaces what was written since the restore, which it names")
    private boolean overwriteWritten;

    @Option(names = "--best-effort", description = "of a damaged archive, what of it can still be read")
    private boolean bestEffort;

    @Override
    public Integer call() {
        Rescue rescue = new Rescue(new Services(dataOption.data(), System.getenv()));
        RestoreView accepted = accepted(rescue);
        ProgressLine line = new ProgressLine();
        Remaining remaining = new Remaining();
        RestoreView restore = Poll.until(() -> finished(line, remaining, rescue.restore(accepted.id())), LOOK, PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        "restore " + accepted.id() + " is not finished after " + PATIENCE.toMinutes() + " minutes"));
        System.out.println(jsonOption.show(restore, () -> dryRun ? rehearsal(rescue, restore) : sentence(restore)));
        return (restore.status() == RestoreView.Status.COMPLETED ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private RestoreView accepted(Rescue rescue) {
        UUID rolledBack = what.rolledBack;
        if (rolledBack == null) {
            if (overwriteWritten) {
                throw misuse("--overwrite-written goes with --rollback only");
            }
            return rescue.request(request());
        }
        if (!paths.isEmpty() || !categories.isEmpty() || to != null || bestEffort) {
            throw misuse("--rollback takes all of a restore back:"
                    + " only --dry-run, --rollback-on-invalid and --overwrite-written go with it");
        }
        return rescue.rollback(
                rolledBack,
                new RollbackRequest(
                        dryRun ? true : null, rollbackOnInvalid ? true : null, overwriteWritten ? true : null));
    }

    private ParameterException misuse(String sentence) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
    }

    private RestoreRequest request() {
        return new RestoreRequest(
                what.backupId,
                paths.isEmpty() ? null : paths,
                categories.isEmpty() ? null : categories,
                to,
                dryRun ? true : null,
                rollbackOnInvalid ? true : null,
                bestEffort ? true : null);
    }

    private static String rehearsal(Rescue rescue, RestoreView restore) {
        return restore.status() == RestoreView.Status.FAILED
                ? sentence(restore)
                : RehearsalSheet.of(restore, rescue.differences(restore.id()));
    }

    private static Optional<RestoreView> finished(ProgressLine line, Remaining remaining, RestoreView restore) {
        if (restore.status() == RestoreView.Status.RUNNING) {
            line.show(progress(remaining, restore));
            return Optional.empty();
        }
        line.end();
        return Optional.of(restore);
    }

    static String progress(Remaining remaining, RestoreView restore) {
        Long done = restore.bytesDone();
        Long total = restore.bytesTotal();
        return restore.step() != RestoreView.Step.VERIFYING || done == null || total == null
                ? restore.step() + " ..."
                : "VERIFYING: " + remaining.of(done, total);
    }

    static String sentence(RestoreView restore) {
        return switch (restore.status()) {
            case COMPLETED, PARTIAL ->
                restored(restore) + kept(restore) + overwritten(restore) + lost(restore) + unsound(restore);
            case RUNNING, FAILED, ROLLED_BACK ->
                "Restore " + restore.id() + " " + restore.status() + ": " + restore.failure();
        };
    }

    private static String restored(RestoreView restore) {
        FileCount files = new FileCount(restore.files().size());
        if (restore.rollbackOf() != null) {
            return "Rolled restore %s back: %s came back, %d added paths are gone; what was there before is in backup %s."
                    .formatted(restore.rollbackOf(), files, gone(restore), restore.safetyBackupId());
        }
        return restore.to() == null
                ? "Restored %s of workspace %s; what was there before is in backup %s. %s"
                        .formatted(
                                files,
                                restore.workspace(),
                                restore.safetyBackupId(),
                                "The bots themselves were not changed: their state is in Kafka.")
                : "Restored %s of workspace %s into %s.".formatted(files, restore.workspace(), restore.to());
    }

    private static int gone(RestoreView restore) {
        RestoreReport report = restore.report();
        return report == null || report.removal() == null
                ? 0
                : report.removal().removed().size();
    }

    private static String kept(RestoreView restore) {
        RestoreReport report = restore.report();
        return report == null
                        || report.removal() == null
                        || report.removal().kept().isEmpty()
                ? ""
                : "\nKept, since it was written after the restore: "
                        + String.join(", ", report.removal().kept());
    }

    private static String overwritten(RestoreView restore) {
        RestoreReport report = restore.report();
        return report == null
                        || report.removal() == null
                        || report.removal().overwritten().isEmpty()
                ? ""
                : "\nReplaced, though it was written after the restore: "
                        + String.join(", ", report.removal().overwritten());
    }

    private static String lost(RestoreView restore) {
        RestoreReport report = restore.report();
        return report == null || report.lost().isEmpty()
                ? ""
                : "\nLost, since the archive is damaged: " + String.join(", ", report.lost());
    }

    private static String unsound(RestoreView restore) {
        RestoreReport report = restore.report();
        if (report == null || report.validation() == null) {
            return "";
        }
        return report.validation().findings().stream()
                .map(finding -> "\nNot sound: " + finding.path() + ", " + finding.explanation())
                .collect(Collectors.joining());
    }
}
