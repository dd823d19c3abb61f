package io.everstate.backup.restore;

import io.everstate.backup.archive.ArchiveCorruptException;
import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.ManifestFile;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.packing.Encryption;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.swap.Disk;
import io.everstate.backup.swap.Staging;
import io.everstate.backup.swap.SwapDirectory;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/**
 * Verifies an archive to its last byte and, in the same pass, stages what is wanted of it: what is restored later is what was verified,
 * and the storage has no second chance to give something else. An archive whose bytes are others is marked CORRUPTED. One that is not there
 * is not: a volume that is not mounted shows an empty bucket, and every backup is good again when it comes back.
 */
@Singleton
class ArchiveStaging {
    private final Catalogue catalogue;
    private final ArchiveStore store;
    private final Packings packings;
    private final JsonFormat json;
    private final Clock clock;

    ArchiveStaging(Catalogue catalogue, ArchiveStore store, Packings packings, JsonFormat json, Clock clock) {
        this.catalogue = catalogue;
        this.store = store;
        this.packings = packings;
        this.json = json;
        this.clock = clock;
    }

    /** @return what was staged, by the number of its file */
    Map<Entry, Integer> stage(Completed backup, RestoreOrder order, SwapDirectory directory, Disk disk)
            throws IOException {
        try {
            var packing = packings.of(backup.archive().objectName());
            var manifest = manifest(backup, packing.encryption());
            var staging = new Staging(directory, disk, Selection.of(manifest, order.paths()));
            try (var stored = store.open(backup.archive().objectName())) {
                new ArchiveVerifier(packing, json).verify(stored, manifest, staging);
            }
            return staging.numbers();
        } catch (NoKeyException e) {
            throw new ProblemException(ProblemType.CONFLICT, "the backup cannot be read here: " + e.getMessage(), e);
        } catch (ArchiveCorruptException e) {
            catalogue.corrupted(backup.corrupt(e.detail(), clock.instant()));
            throw e;
        }
    }

    /** The catalogue's word on the archive counts, not the bucket's. */
    private Manifest manifest(Completed backup, Encryption encryption) throws NoKeyException {
        var known = backup.archive();
        var manifest = new ManifestFile(store, encryption, json).read(known.manifestName(), known.manifestSha256());
        var stored = new Manifest.Archive(known.objectName(), known.bytes(), known.sha256(), known.md5());
        if (!stored.equals(manifest.archive())) {
            throw new ArchiveCorruptException("the manifest is of another archive");
        }
        return manifest;
    }
}
