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
import io.everstate.contracts.backup.VerificationRequest;
import io.everstate.contracts.backup.VerificationView;
import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Result;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "verify", description = "Reads stored archives to their last byte and compares everything.")
public final class VerifyCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final Set<Result> READ = EnumSet.of(Result.VERIFIED, Result.SUMS_AGREE);
    private static final Set<Result> GOOD = EnumSet.of(Result.VERIFIED, Result.SUMS_AGREE, Result.GIVEN_UP);

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** One backup, or all of a workspace. */
    private static final class Which {
        @Option(names = "--backup-id", description = "as `everstate list` shows it", converter = UuidConverter.class)
        private @Nullable UUID backupId;

        @Option(names = "--workspace", description = "all of its completed backups")
        private @Nullable String workspace;
    }

    @Override
    public Integer call() {
        Rescue rescue = new Rescue(new Services(dataOption.data(), System.getenv()));
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
