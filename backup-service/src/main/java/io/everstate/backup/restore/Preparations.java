package io.everstate.backup.restore;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.restore.check.RestoreChecks;
import io.everstate.backup.restore.check.RestoreConfiguration;
import io.everstate.backup.restore.rollback.Replacements;
import io.everstate.backup.swap.Removal;
import io.everstate.backup.swap.Staging;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.RestoreView.Step;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What every restore begins with, whatever it is for: nothing that is there is changed by it. */
@Singleton
class Preparations {
    private final ArchiveStaging archives;
    private final Salvages salvages;
    private final RestoreChecks checks;
    private final Rollbacks rollbacks;
    private final Restores restores;
    private final RestoreConfiguration configuration;
    private final Clock clock;

    Preparations(
            ArchiveStaging archives,
            Salvages salvages,
            RestoreChecks checks,
            Rollbacks rollbacks,
            Restores restores,
            RestoreConfiguration configuration,
            Clock clock) {
        this.archives = archives;
        this.salvages = salvages;
        this.checks = checks;
        this.rollbacks = rollbacks;
        this.restores = restores;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** From now on it is being verified. */
    Checked begin(RestoreOrder order, Lease lease) {
        restores.step(order.id(), lease.fence(), Step.VERIFYING);
        var progress = new ReadProgress(
                (done, total) -> restores.progress(order.id(), lease.fence(), done, total),
                configuration.progressEvery(),
                clock);
        return new Checked(restores, order, lease, progress);
    }

    /**
     * Where the files are to be.
     *
     * @param hardLinks whether a file there can have a second name
     * @param staging for the wanted entries
     */
    record Target(Workspace place, boolean hardLinks, Function<List<Entry>, Staging> staging) {}

    /**
     * What was checked, verified and staged.
     *
     * @param staged by the number of its file
     * @param removal what is to go; nothing unless a restore is rolled back
     * @param replacements what stands where something comes back; nothing unless a restore is rolled back
     */
    record Prepared(Map<Entry, Integer> staged, Removal removal, Replacements replacements) {}

    Prepared prepare(RestoreOrder order, Workspace workspace, Target target, Checked checked) throws IOException {
        var bestEffort = order.options().bestEffort();
        var backup = bestEffort ? archives.written(order.backupId()) : archives.completed(order.backupId());
        var manifest = checked.key(() -> archives.manifest(backup));
        var rolledBack = order.options().rollbackOf();
        if (rolledBack == null) {
            var wanted = Selection.of(manifest, order, workspace);
            var staged = stage(backup, manifest, wanted, target, bestEffort, checked);
            return new Prepared(staged, Removal.NONE, Replacements.NONE);
        }
        var reversal = rollbacks.reversal(order, rolledBack, workspace, manifest);
        var staged = stage(backup, manifest, reversal.returning(), target, false, checked);
        var additions = reversal.additions(workspace);
        var replacements = reversal.replacements(workspace);
        checked.found(additions, replacements);
        return new Prepared(staged, additions.removal(), replacements);
    }

    private Map<Entry, Integer> stage(
            Completed backup, Manifest manifest, List<Entry> wanted, Target target, boolean bestEffort, Checked checked)
            throws IOException {
        checked.add(checks.of(manifest, wanted, target.place(), target.hardLinks()));
        var staging = target.staging().apply(wanted);
        return bestEffort
                ? salvages.stage(backup, manifest, staging, checked)
                : checked.content(() -> archives.stage(backup, manifest, staging, checked.progress()));
    }
}
