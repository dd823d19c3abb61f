package io.everstate.backup.restore;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.restore.Preparations.Target;
import io.everstate.backup.restore.elsewhere.OtherPlace;
import io.everstate.backup.restore.elsewhere.OtherPlaces;
import io.everstate.backup.restore.validation.RestoredFiles;
import io.everstate.backup.swap.Disk;
import io.everstate.backup.swap.Removal;
import io.everstate.backup.swap.Staging;
import io.everstate.backup.swap.Swap;
import io.everstate.backup.swap.SwapDirectory;
import io.everstate.backup.swap.SwapDirectory.Outcome;
import io.everstate.backup.swap.WayBack;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.RestoreView.Status;
import io.everstate.contracts.backup.RestoreView.Step;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Restores into a directory that is no workspace: nothing is replaced, so there is nothing to go back to, and the directory is there whole or not at all. */
@Singleton
class ElsewhereRuns {
    private static final Logger LOG = Logger.getLogger(ElsewhereRuns.class);

    private final Restores restores;
    private final Preparations preparations;
    private final OtherPlaces places;
    private final RestoredFiles restoredFiles;
    private final JsonFormat json;

    ElsewhereRuns(
            Restores restores,
            Preparations preparations,
            OtherPlaces places,
            RestoredFiles restoredFiles,
            JsonFormat json) {
        this.restores = restores;
        this.preparations = preparations;
        this.places = places;
        this.restoredFiles = restoredFiles;
        this.json = json;
    }

    /** @return how it ended */
    Status run(RestoreOrder order, Workspace workspace, Lease lease) {
        OtherPlace place;
        try {
            place = places.of(Objects.requireNonNull(order.options().to()), order.id());
        } catch (ProblemException e) {
            return failed(order, lease, e.detail());
        }
        try {
            restore(order, workspace, place, lease);
            return restores.completed(order.id(), lease.fence());
        } catch (LeaseLostException | PersistenceException e) {
            throw e;
        } catch (ProblemException e) {
            return giveUp(order, place, lease, e.detail());
        } catch (IOException e) {
            return giveUp(order, place, lease, "the directory cannot be written: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Restore %s met a defect", order.id());
            return giveUp(
                    order,
                    place,
                    lease,
                    "a defect of the service: " + e.getClass().getSimpleName());
        }
    }

    private Status giveUp(RestoreOrder order, OtherPlace place, Lease lease, String why) {
        remove(order.id(), place);
        return failed(order, lease, why);
    }

    private Status failed(RestoreOrder order, Lease lease, String why) {
        restores.failed(order.id(), lease.fence(), Status.FAILED, why);
        return Status.FAILED;
    }

    private static void remove(UUID id, OtherPlace place) {
        try {
            place.remove();
        } catch (IOException e) {
            LOG.warnf("What restore %s made elsewhere cannot be removed: %s", id, e.getMessage());
        }
    }

    private void restore(RestoreOrder order, Workspace workspace, OtherPlace place, Lease lease) throws IOException {
        place.create();
        var there = place.asWorkspace(workspace);
        var checked = preparations.begin(order, lease);
        Map<Entry, Integer> staged;
        try (var disk = Disk.at(there.root())) {
            var directory = SwapDirectory.of(there, order.id(), disk, json);
            directory.create();
            var target = new Target(there, directory.takesHardLinks(), wanted -> new Staging(directory, disk, wanted));
            staged = preparations.prepare(order, workspace, target, checked).staged();
            lease.check();
            fill(new Swap(there, directory, disk), directory, staged, lease);
        }
        restores.step(order.id(), lease.fence(), Step.VALIDATING);
        RestoreRunner.validate(order, checked, restoredFiles.validate(there, staged.keySet()));
        lease.check();
        restores.prepared(order.id(), lease.fence(), null, RestoreRunner.files(staged));
        place.publish();
    }

    private static void fill(Swap swap, SwapDirectory directory, Map<Entry, Integer> staged, Lease lease)
            throws IOException {
        var journal = swap.prepare(staged, Removal.NONE, WayBack.NONE);
        swap.perform(journal, staged, WayBack.NONE, lease);
        swap.validate(journal, WayBack.NONE);
        swap.commit();
        directory.remove();
    }

    /** Of one that was cut off: whether it was over, but for saying so. Else what it made is removed. */
    Optional<Outcome> settle(UUID id) {
        return place(id).flatMap(place -> {
            if (restores.isPrepared(id) && place.isPublished()) {
                return Optional.of(Outcome.COMMITTED);
            }
            remove(id, place);
            return Optional.empty();
        });
    }

    private Optional<OtherPlace> place(UUID id) {
        try {
            return Optional.ofNullable(restores.order(id).options().to()).flatMap(to -> places.left(to, id));
        } catch (ProblemException e) {
            LOG.warnf("What restore %s left in another directory cannot be looked for: %s", id, e.getMessage());
            return Optional.empty();
        }
    }
}
