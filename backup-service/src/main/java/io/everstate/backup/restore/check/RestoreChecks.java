package io.everstate.backup.restore.check;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.swap.Swap;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.RestoreReport.Check;
import io.everstate.contracts.backup.RestoreReport.Subject;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/** Whether what a manifest says can be restored at all, looked at before the archive is read. Writes nothing. */
@Singleton
public final class RestoreChecks {
    private final RestoreConfiguration configuration;
    private final Limits limits;

    RestoreChecks(RestoreConfiguration configuration) {
        this.configuration = configuration;
        this.limits = new Limits(configuration);
    }

    /**
     * Each of them; only the space for names that are refused is not looked at.
     *
     * @param wanted what of the manifest is to be restored
     * @param hardLinks whether a file there can have a second name
     */
    public List<Check> of(Manifest manifest, List<Entry> wanted, Workspace target, boolean hardLinks) {
        var names = look(Subject.NAMES, () -> names(manifest, wanted, target));
        var size = look(Subject.LIMITS, () -> limits.check(manifest, wanted));
        return names.passed()
                ? List.of(names, size, look(Subject.SPACE, () -> space(wanted, target, hardLinks)))
                : List.of(names, size);
    }

    private static String names(Manifest manifest, List<Entry> wanted, Workspace target) throws IOException {
        Names.checkUnique(manifest.entries());
        Swap.check(target, wanted);
        if (Names.areFolded(target.root())) {
            Names.checkFolded(wanted);
        }
        return "each of %d entries has a place of its own".formatted(wanted.size());
    }

    private String space(List<Entry> wanted, Workspace target, boolean hardLinks) throws IOException {
        return Space.of(target.root(), wanted, hardLinks)
                .check(configuration.reserve().asLongValue());
    }

    @FunctionalInterface
    private interface Look {
        /** @return what was seen */
        String take() throws IOException;
    }

    private static Check look(Subject subject, Look look) {
        try {
            return new Check(subject, true, look.take());
        } catch (ProblemException e) {
            return new Check(subject, false, e.detail());
        } catch (IOException e) {
            return new Check(subject, false, "the workspace cannot be looked at: " + e.getMessage());
        }
    }
}
