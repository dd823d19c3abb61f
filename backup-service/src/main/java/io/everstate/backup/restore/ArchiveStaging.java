package io.everstate.backup.restore;

import io.everstate.backup.archive.ArchiveCorruptException;
import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.ArchiveVerifier.Receiver;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Verified;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.chain.BrokenChainException;
import io.everstate.backup.chain.ChainCheck;
import io.everstate.backup.chain.StoredManifests;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.swap.Staging;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Verifies an archive to its last byte and, in the same pass, stages what is wanted of it: what is restored later is what was verified,
 * and the storage has no second chance to give something else. So are those archives of its chain that hold something wanted. An archive whose bytes
 * are others is marked CORRUPTED. One that is not there
 * is not: a volume that is not mounted shows an empty bucket, and every backup is good again when it comes back.
 */
@Singleton
class ArchiveStaging {
    private final Catalogue catalogue;
    private final ChainCheck chain;
    private final StoredManifests manifests;
    private final ArchiveStore store;
    private final Packings packings;
    private final JsonFormat json;
    private final Clock clock;

    ArchiveStaging(
            Catalogue catalogue,
            ChainCheck chain,
            StoredManifests manifests,
            ArchiveStore store,
            Packings packings,
            JsonFormat json,
            Clock clock) {
        this.catalogue = catalogue;
        this.chain = chain;
        this.manifests = manifests;
        this.store = store;
        this.packings = packings;
        this.json = json;
        this.clock = clock;
    }

    /** For who can do with a damaged one, too: as it was when it was completed. */
    Completed written(UUID backupId) {
        return catalogue.findBackup(backupId).orElse(null) instanceof Corrupted corrupted
                ? new Verified(corrupted.head(), corrupted.archive(), corrupted.at())
                : completed(backupId);
    }

    /** Said of it once. */
    void markDamaged(Completed backup, String what) {
        if (catalogue.findBackup(backup.head().id()).orElse(null) instanceof Completed) {
            catalogue.corrupted(backup.corrupt(what, clock.instant()));
        }
    }

    Completed completed(UUID backupId) {
        return switch (catalogue.findBackup(backupId).orElse(null)) {
            case Completed completed -> completed;
            case Corrupted corrupted ->
                throw new ProblemException(ProblemType.CORRUPT, "the backup is corrupted: " + corrupted.what());
            case null, default -> throw new ProblemException(ProblemType.CONFLICT, "the backup is not completed");
        };
    }

    /**
     * @param manifest of the backup
     * @param staging what is wanted of it
     * @param progress told of each archive that is read
     *
     * @return what was staged, by the number of its file
     */
    Map<Entry, Integer> stage(Completed backup, Manifest manifest, Staging staging, ReadProgress progress)
            throws IOException {
        var holders = staging.holders().isEmpty() ? List.<Completed>of() : holders(backup, staging);
        progress.expect(bytes(holders) + backup.archive().bytes());
        for (var holder : holders) {
            stageHeld(holder, staging, progress);
        }
        verify(backup, manifest, staging, progress);
        staging.checkComplete();
        return staging.numbers();
    }

    /** All of the chain has to be there, and what of it holds something wanted is verified as a whole. */
    private List<Completed> holders(Completed backup, Staging staging) {
        return chain.present(backup.head().id()).stream()
                .filter(member -> staging.holders().contains(member.head().id()))
                .toList();
    }

    private static long bytes(List<Completed> backups) {
        return backups.stream().mapToLong(backup -> backup.archive().bytes()).sum();
    }

    private void stageHeld(Completed member, Staging staging, ReadProgress progress) throws IOException {
        var id = member.head().id();
        try {
            verify(member, manifest(member), staging.heldBy(id), progress);
        } catch (LeaseLostException e) {
            throw e;
        } catch (ProblemException e) {
            throw new BrokenChainException("of its chain, backup %s: %s".formatted(id, e.detail()), e);
        }
    }

    /** @throws ProblemException CONFLICT when no key here opens it */
    Manifest manifest(Completed backup) throws IOException {
        try {
            return manifests.read(backup);
        } catch (NoKeyException e) {
            throw noKey(e);
        } catch (ArchiveCorruptException e) {
            markDamaged(backup, e.detail());
            throw e;
        }
    }

    private void verify(Completed backup, Manifest manifest, Receiver receiver, ReadProgress progress)
            throws IOException {
        var name = backup.archive().objectName();
        try (var stored = progress.over(store.open(name))) {
            new ArchiveVerifier(packings.of(name), json).verify(stored, manifest, receiver);
        } catch (NoKeyException e) {
            throw noKey(e);
        } catch (ArchiveCorruptException e) {
            markDamaged(backup, e.detail());
            throw e;
        }
    }

    private static ProblemException noKey(NoKeyException e) {
        return new ProblemException(ProblemType.CONFLICT, "the backup cannot be read here: " + e.getMessage(), e);
    }
}
