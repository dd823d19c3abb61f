package io.everstate.backup.restore;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.WorkspaceWork;
import io.everstate.backup.swap.Disk;
import io.everstate.backup.swap.Swap;
import io.everstate.backup.swap.SwapDirectory;
import io.everstate.backup.swap.SwapDirectory.Outcome;
import io.everstate.backup.swap.WorkspaceLock;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.RestoreView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Restores that were asked for, the oldest first, and those that the end of a process cut off. */
@Singleton
class RestoreWork implements WorkspaceWork {
    private static final Logger LOG = Logger.getLogger(RestoreWork.class);
    private static final String ENDED = "backup-service ended while it ran; ";

    private final Restores restores;
    private final RestoreRunner runner;
    private final ElsewhereRuns elsewhere;
    private final Workspaces workspaces;
    private final JsonFormat json;
    private final MeterRegistry metrics;

    RestoreWork(
            Restores restores,
            RestoreRunner runner,
            ElsewhereRuns elsewhere,
            Workspaces workspaces,
            JsonFormat json,
            MeterRegistry metrics) {
        this.restores = restores;
        this.runner = runner;
        this.elsewhere = elsewhere;
        this.workspaces = workspaces;
        this.json = json;
        this.metrics = metrics;
    }

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Set<String> waiting() {
        var names = restores.workspacesWithUnfinished();
        workspaces.all().stream()
                .filter(this::holdsLeftovers)
                .map(Workspace::name)
                .forEach(names::add);
        return names;
    }

    private boolean holdsLeftovers(Workspace workspace) {
        try {
            return !left(workspace, new Disk()).isEmpty();
        } catch (IOException e) {
            LOG.warnf("Whether a restore was left in %s cannot be seen: %s", workspace.name(), e.getMessage());
            return false;
        }
    }

    /** Of restores of this workspace only: whoever can write to it can make a directory that looks like one's. */
    private List<SwapDirectory> left(Workspace workspace, Disk disk) throws IOException {
        return SwapDirectory.left(workspace, disk, json).stream()
                .filter(directory -> restores.knows(directory.restoreId(), workspace.name()))
                .toList();
    }

    /** Puts the files right first, then says so in the database; what has neither directory nor outcome never began to change files. */
    @Override
    public void mend(String name, Lease lease) {
        var interrupted = new HashSet<>(restores.interrupted(name, lease.fence()));
        workspaces
                .find(name)
                .filter(this::holdsLeftovers)
                .ifPresent(workspace -> settle(workspace, interrupted, lease));
        interrupted.forEach(id -> end(id, lease, elsewhere.settle(id), ""));
    }

    /** Takes those that it ends out of {@code interrupted}. */
    private void settle(Workspace workspace, Set<UUID> interrupted, Lease lease) {
        try (var _ = WorkspaceLock.take(workspace);
                var disk = Disk.at(workspace.root())) {
            for (var directory : left(workspace, disk)) {
                var outcome = new Swap(workspace, directory, disk).settle();
                if (interrupted.remove(directory.restoreId())) {
                    end(directory.restoreId(), lease, outcome, kept(directory));
                }
                directory.remove();
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "what a restore left in " + workspace.name() + " cannot be put right: " + e.getMessage(),
                    e);
        }
    }

    private void end(UUID id, Lease lease, Optional<Outcome> outcome, String kept) {
        restores.take(id, lease.fence());
        switch (outcome.orElse(null)) {
            case null -> restores.failed(id, lease.fence(), Status.FAILED, ENDED + "no file was changed");
            case ROLLED_BACK ->
                restores.failed(
                        id, lease.fence(), Status.ROLLED_BACK, ENDED + "what was there before is there again" + kept);
            case COMMITTED -> restores.completed(id, lease.fence());
        }
    }

    /** What the undo of a restore would have destroyed; a part of a sentence, or nothing. */
    static String kept(SwapDirectory directory) {
        return directory
                .findKept()
                .map(path -> "; what was written meanwhile is kept in " + path)
                .orElse("");
    }

    @Override
    public boolean runNext(String name, Lease lease) {
        var next = restores.nextWaiting(name);
        next.ifPresent(id -> run(id, lease));
        return next.isPresent();
    }

    /** An order that cannot be read ends here: else it would stand before all other work of its workspace for ever. */
    private void run(UUID id, Lease lease) {
        RestoreOrder order;
        try {
            order = restores.order(id);
        } catch (UnreadableRecordException e) {
            LOG.errorf(e, "Restore %s cannot be carried out", id);
            restores.take(id, lease.fence());
            restores.failed(id, lease.fence(), Status.FAILED, "the order cannot be read: " + e.detail());
            return;
        }
        run(order, lease);
    }

    private void run(RestoreOrder order, Lease lease) {
        var timer = Timer.start(metrics);
        var end = runner.run(order, lease);
        timer.stop(Timer.builder("everstate.restores")
                .description("Restores that ended")
                .tag("outcome", end.name().toLowerCase(Locale.ROOT))
                .register(metrics));
    }
}
