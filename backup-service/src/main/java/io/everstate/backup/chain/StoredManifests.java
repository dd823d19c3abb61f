package io.everstate.backup.chain;

import io.everstate.backup.archive.ArchiveCorruptException;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.ManifestFile;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.StoredArchive;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;

/** The manifests in the bucket. The catalogue's word on manifest and archive counts, not the bucket's. */
@Singleton
public final class StoredManifests {
    private final ArchiveStore store;
    private final Packings packings;
    private final JsonFormat json;

    StoredManifests(ArchiveStore store, Packings packings, JsonFormat json) {
        this.store = store;
        this.packings = packings;
        this.json = json;
    }

    /**
     * @throws ArchiveCorruptException when it is not the one that was written, or of another archive
     * @throws NoKeyException when no key here opens it
     * @throws IOException when how it is packed is not known here
     */
    public Manifest read(Completed backup) throws IOException {
        return read(backup.archive());
    }

    /** The same of an archive that is not completed yet. */
    public Manifest read(StoredArchive known) throws IOException {
        var packing = packings.of(known.manifestName());
        var manifest = new ManifestFile(store, packing, json).read(known.manifestName(), known.manifestSha256());
        var stored = new Manifest.Archive(known.objectName(), known.bytes(), known.sha256(), known.md5());
        if (!stored.equals(manifest.archive())) {
            throw new ArchiveCorruptException("the manifest is of another archive");
        }
        return manifest;
    }
}
