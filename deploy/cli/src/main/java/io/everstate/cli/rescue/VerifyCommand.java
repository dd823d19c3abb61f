package io.everstate.cli.rescue;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.SealAcknowledgementRequest;
import io.everstate.contracts.backup.SealCheckView;
import io.everstate.contracts.backup.SealHead;
import io.everstate.contracts.backup.VerificationRequest;
import io.everstate.contracts.backup.VerificationView;
import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Result;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description =
                "Reads stored archives to their last byte and compares everything; with --chain, holds the chain of seals against bucket and catalogue.")
public final class VerifyCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final Set<Result> READ = EnumSet.of(Result.VERIFIED, Result.SUMS_AGREE);
    private static final Set<Result> GOOD = EnumSet.of(Result.VERIFIED, Result.SUMS_AGREE, Result.GIVEN_UP);

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "0..1")
    private Which which = new Which();

    @Option(
            names = "--chain",
            description =
                    "what was removed, exchanged, forged or rolled back, by the seals of a workspace (default: of each)")
    private boolean chain;

    @Option(names = "--without-archives", description = "with --chain: compare the sizes of archives only")
    private boolean withoutArchives;

    @Option(
            names = "--noted",
            paramLabel = "NUMBER:SHA256",
            description =
                    "with --chain and --workspace: a seal that the chain must hold, as an earlier check showed it",
            converter = SealHeadConverter.class)
    private @Nullable SealHead noted;

    @ArgGroup(exclusive = false)
    private @Nullable Acknowledgement acknowledgement;

    /** Of what a check found of an object. */
    private static final class Acknowledgement {
        @Option(
                names = "--acknowledge",
                required = true,
                paramLabel = "OBJECT",
                description =
                        "with --chain: says of what a check found of this object that it is known; checks nothing")
        private String object = "";

        @Option(
                names = "--check",
                required = true,
                description = "the check that found it, as its report shows it",
                converter = UuidConverter.class)
        private @Nullable UUID check;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "<text>",
                description = "why it may stay; for the audit log, and listed with the finding")
        private String reason = "";

        UUID check() {
            return Objects.requireNonNull(check);
        }

        SealAcknowledgementRequest request() {
            return new SealAcknowledgementRequest(object, reason);
        }
    }

    /** One backup, or all of a workspace. */
    private static final class Which {
        @Option(names = "--backup-id", description = "as `everstate list` shows it", converter = UuidConverter.class)
        private @Nullable UUID backupId;

        @Option(names = "--workspace", description = "all of its completed backups")
        private @Nullable String workspace;
    }

    @Override
    public Integer call() {
        refuseWhatDoesNotFit();
        Rescue rescue = new Rescue(new Services(dataOption.data(), System.getenv()));
        if (acknowledgement != null) {
            return acknowledged(rescue, acknowledgement);
        }
        return chain ? chains(rescue) : archives(rescue);
    }

    private void refuseWhatDoesNotFit() {
        if (chain && which.backupId != null) {
            throw usage("--chain is of a workspace, not of one backup");
        }
        if (!chain && (withoutArchives || noted != null || acknowledgement != null)) {
            throw usage("--without-archives, --noted and --acknowledge go with --chain");
        }
        if (noted != null && which.workspace == null) {
            throw usage("--noted needs --workspace");
        }
        if (!chain && which.backupId == null && which.workspace == null) {
            throw usage("one of --backup-id, --workspace and --chain is needed");
        }
    }

    private ParameterException usage(String what) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
    }

    private int chains(Rescue rescue) {
        List<String> workspaces = which.workspace == null ? rescue.workspaces() : List.of(which.workspace);
        List<SealCheckView> checks = new ChainCheck(rescue, !withoutArchives, noted).of(workspaces);
        System.out.println(jsonOption.show(checks, () -> ChainCheck.report(checks)));
        return ChainCheck.exitCode(checks).number();
    }

    private int acknowledged(Rescue rescue, Acknowledgement what) {
        SealCheckView check = rescue.acknowledge(what.check(), what.request());
        System.out.println(jsonOption.show(check, () -> ChainCheck.report(List.of(check))));
        return ExitCode.OK.number();
    }

    private int archives(Rescue rescue) {
        VerificationView accepted = rescue.request(new VerificationRequest(which.workspace, which.backupId));
        VerificationView verification = Poll.until(
                        () -> Optional.of(rescue.verification(accepted.id())).filter(view -> view.finishedAt() != null),
                        LOOK,
                        PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        "verification " + accepted.id() + " is not finished after " + PATIENCE.toHours() + " hours"));
        System.out.println(jsonOption.show(verification, () -> report(verification)));
        return exitCode(verification, which.backupId != null).number();
    }

    /** @param one whether a single backup was asked for: it must have been read, where of a workspace's some may have been given up meanwhile */
    static ExitCode exitCode(VerificationView verification, boolean one) {
        Set<Result> results =
                verification.findings().stream().map(Finding::result).collect(toSet());
        boolean good = verification.status() == VerificationView.Status.COMPLETED
                && (one ? !results.isEmpty() && READ.containsAll(results) : GOOD.containsAll(results));
        return good ? ExitCode.OK : ExitCode.FAILED;
    }

    static String report(VerificationView verification) {
        var read = "Read %d of %d archives of workspace %s, %d bytes."
                .formatted(
                        verification.findings().size(),
                        verification.archives(),
                        verification.workspace(),
                        verification.bytesDone());
        var end = verification.failure() == null ? "" : "%nIt ended early: %s.".formatted(verification.failure());
        return verification.findings().stream().map(VerifyCommand::line).collect(joining("", "", read + end));
    }

    private static String line(Finding finding) {
        var what = finding.what() == null ? "" : ": " + finding.what();
        return "%s %s%s%n".formatted(finding.backupId(), finding.result(), what);
    }
}
