package io.everstate.cli.rescue;

import static java.util.stream.Collectors.joining;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Poll;
import io.everstate.contracts.backup.SealCheckRequest;
import io.everstate.contracts.backup.SealCheckView;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Status;
import io.everstate.contracts.backup.SealHead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has chains of seals held against bucket and catalogue.
 *
 * @param archives whether archives are read to their last byte
 * @param noted a seal that the chain must hold; null when none was given
 */
record ChainCheck(Rescue rescue, boolean archives, @Nullable SealHead noted) {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofHours(24);

    /** One after the other, each when it has ended. */
    List<SealCheckView> of(List<String> workspaces) {
        return workspaces.stream().map(this::of).toList();
    }

    private SealCheckView of(String workspace) {
        SealCheckView accepted = rescue.request(new SealCheckRequest(workspace, archives, noted));
        return Poll.until(
                        () -> Optional.of(rescue.sealCheck(accepted.id()))
                                .filter(view -> view.status() != Status.RUNNING),
                        LOOK,
                        PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        "check " + accepted.id() + " is not finished after " + PATIENCE.toHours() + " hours"));
    }

    /** What somebody acknowledged is known. */
    static ExitCode exitCode(List<SealCheckView> checks) {
        boolean good = checks.stream().allMatch(check -> check.status() == Status.COMPLETED && open(check) == 0);
        return good ? ExitCode.OK : ExitCode.FAILED;
    }

    private static long open(SealCheckView check) {
        return check.findingCount() - check.acknowledged();
    }

    static String report(List<SealCheckView> checks) {
        return checks.stream().map(ChainCheck::report).collect(joining("%n".formatted()));
    }

    private static String report(SealCheckView check) {
        if (check.status() == Status.FAILED) {
            return "The chain of workspace %s was not checked: %s.".formatted(check.workspace(), check.failure());
        }
        String signed = check.signedBy() == null ? "nobody signs them" : "new ones are signed by " + check.signedBy();
        String sum = "Workspace %s: %d seals, %s; %d backups are to be there, %d were removed, as it is recorded. %s."
                .formatted(
                        check.workspace(),
                        check.seals(),
                        signed,
                        check.held(),
                        check.removed(),
                        check.findingCount() == 0 ? "All is as it was sealed" : findings(check));
        String head = check.head() == null ? "" : "%nNote the head: %s".formatted(noted(check.head()));
        return check.findings().stream().map(ChainCheck::line).collect(joining("", "", sum + head));
    }

    private static String findings(SealCheckView check) {
        String known = check.acknowledged() == 0 ? "" : ", %d of them acknowledged".formatted(check.acknowledged());
        return "%d findings%s (check %s)".formatted(check.findingCount(), known, check.id());
    }

    /** As {@code --noted} takes it. */
    private static String noted(SealHead head) {
        return head.number() + ":" + head.sha256();
    }

    private static String line(Finding finding) {
        var known = finding.acknowledged();
        return "%s %s%n  expected: %s%n  found:    %s%n%s"
                .formatted(
                        finding.kind(),
                        finding.object(),
                        finding.expected(),
                        finding.found(),
                        known == null ? "" : "  acknowledged by %s: %s%n".formatted(known.by(), known.reason()));
    }
}
