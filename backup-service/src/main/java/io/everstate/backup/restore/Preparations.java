package io.everstate.backup.restore;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.restore.check.RestoreChecks;
import io.everstate.backup.swap.Staging;
import io.everstate.backup.workspace.Workspace;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What every restore begins with, whatever it is for: nothing that is there is changed by it. */
@Singleton
class Preparations {
    private final ArchiveStaging archives;
    private final Salvages salvages;
    private final RestoreChecks checks;

    Preparations(ArchiveStaging archives, Salvages salvages, RestoreChecks checks) {
        this.archives = archives;
        this.salvages = salvages;
        this.checks = checks;
    }

    /**
     * Where the files are to be.
     *
     * @param hardLinks whether a file there can have a second name
     * @param staging for the wanted entries
     */
    record Target(Workspace place, boolean hardLinks, Function<List<Entry>, Staging> staging) {}

    /** @return what was checked, verified and staged, by the number of its file */
    Map<Entry, Integer> prepare(RestoreOrder order, Workspace workspace, Target target, Checked checked)
            throws IOException {
        var bestEffort = order.options().bestEffort();
        var backup = bestEffort ? archives.written(order.backupId()) : archives.completed(order.backupId());
        var manifest = checked.key(() -> archives.manifest(backup));
        var wanted = Selection.of(manifest, order, workspace);
        checked.add(checks.of(manifest, wanted, target.place(), target.hardLinks()));
        var staging = target.staging().apply(wanted);
        return bestEffort
                ? salvages.stage(backup, manifest, staging, checked)
                : checked.content(() -> archives.stage(backup, manifest, staging));
    }
}
