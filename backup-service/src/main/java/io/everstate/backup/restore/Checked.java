package io.everstate.backup.restore;

import static java.util.stream.Collectors.joining;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.restore.rollback.Additions;
import io.everstate.backup.restore.rollback.Replacements;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import io.everstate.contracts.backup.RestoreReport;
import io.everstate.contracts.backup.RestoreReport.Check;
import io.everstate.contracts.backup.RestoreReport.Removal;
import io.everstate.contracts.backup.RestoreReport.Subject;
import io.everstate.contracts.backup.RestoreReport.Validation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What one restore has found out, each written down when it was. Belongs to one thread. */
final class Checked {
    private static final String CONTENT = "every byte that is needed was read and is what was written";

    /** Of more the report tells. */
    private static final int NAMED = 20;

    private final Restores restores;
    private final RestoreOrder order;
    private final Lease lease;
    private final ReadProgress progress;
    private RestoreReport report = RestoreReport.EMPTY;

    Checked(Restores restores, RestoreOrder order, Lease lease, ReadProgress progress) {
        this.restores = restores;
        this.order = order;
        this.lease = lease;
        this.progress = progress;
    }

    /** How far the reading of its archives is. */
    ReadProgress progress() {
        return progress;
    }

    @FunctionalInterface
    interface Work<T> {
        T take() throws IOException;
    }

    /** What can be had only where there is a key. */
    <T> T key(Work<T> work) throws IOException {
        return look(Subject.KEY, "the manifest could be read", work);
    }

    /** Of archives that need not be whole. */
    void salvaged(List<String> damage, List<String> lost) {
        if (damage.isEmpty() && lost.isEmpty()) {
            write(List.of(new Check(Subject.CONTENT, true, CONTENT)));
        } else {
            report = report.damaged(damage, lost);
            write(List.of(new Check(
                    Subject.CONTENT,
                    false,
                    damage.isEmpty() ? "not all that is in the manifest was found" : String.join("; ", damage))));
        }
    }

    /** What can be had only of archives that are whole. */
    <T> T content(Work<T> work) throws IOException {
        return look(Subject.CONTENT, CONTENT, work);
    }

    private <T> T look(Subject subject, String seen, Work<T> work) throws IOException {
        try {
            var result = work.take();
            write(List.of(new Check(subject, true, seen)));
            return result;
        } catch (ProblemException e) {
            if (!e.type().retryable()) {
                var failed = e.type() == ProblemType.CORRUPT ? Subject.CONTENT : subject;
                write(List.of(new Check(failed, false, e.detail())));
            }
            throw e;
        }
    }

    /** @throws ProblemException CONFLICT naming all that did not pass */
    void add(List<Check> checks) {
        write(checks);
        var failures = checks.stream()
                .filter(check -> !check.passed())
                .map(check -> check.subject() + ": " + check.detail())
                .collect(joining("; "));
        if (!failures.isEmpty()) {
            throw new ProblemException(ProblemType.CONFLICT, failures);
        }
    }

    /** Of a dry run: how many paths there are of each effect. */
    void found(Map<Effect, Long> differences) {
        report = report.with(differences);
        write(List.of());
    }

    /** Of a rollback: what of what was added goes, what stays, and what would be overwritten. */
    void found(Additions additions, Replacements replacements) {
        var removal = additions.removal();
        var removed = Stream.concat(removal.files().stream().map(Entry::path), removal.directories().stream())
                .sorted()
                .toList();
        report = report.with(new Removal(removed, additions.kept(), replacements.written()));
        write(List.of());
    }

    /**
     * Of a rollback; nothing is said of other restores.
     *
     * @param written paths of what was written since the restore and would be replaced
     *
     * @throws ProblemException CONFLICT naming them, unless they may be
     */
    void overwrites(List<String> written) {
        if (order.options().rollbackOf() == null) {
            return;
        }
        var wanted = order.options().overwriteWritten();
        add(List.of(new Check(Subject.WRITTEN, written.isEmpty() || wanted, seen(written, wanted))));
    }

    private static String seen(List<String> written, boolean wanted) {
        if (written.isEmpty()) {
            return "nothing that was written since the restore is replaced";
        }
        var names = written.stream().limit(NAMED).collect(joining(", "));
        var more = written.size() > NAMED ? " and %d more".formatted(written.size() - NAMED) : "";
        return wanted
                ? "written since the restore and replaced all the same: " + names + more
                : "written since the restore, and replaced only with overwriteWritten: " + names + more;
    }

    /** Of files that are in their places. */
    void found(Validation validation) {
        report = report.with(validation);
        write(List.of());
    }

    private void write(List<Check> checks) {
        for (var check : checks) {
            report = report.with(check);
        }
        restores.report(order.id(), lease.fence(), report);
    }
}
