package io.everstate.backup.backup;

import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.ManifestFile;
import io.everstate.backup.catalogue.Backup.Running;
import io.everstate.backup.catalogue.Backup.Uploaded;
import io.everstate.backup.catalogue.StoredArchive;
import io.everstate.backup.chain.BrokenChainException;
import io.everstate.backup.chain.ChainCheck;
import io.everstate.backup.packing.Packing;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.Upload;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Objects;

/** A backup's objects in the storage: written in their order, and read back. */
@Singleton
final class ArchiveObjects {
    private final ArchiveStore store;
    private final ChainCheck chain;
    private final JsonFormat json;

    ArchiveObjects(ArchiveStore store, ChainCheck chain, JsonFormat json) {
        this.store = store;
        this.chain = chain;
        this.json = json;
    }

    /** @param expectedBytes of what is packed: the archive is hardly larger */
    Upload begin(Running running, long expectedBytes) {
        return store.begin(running.head().objectNames().archive(), expectedBytes);
    }

    StoredArchive writeManifest(Running running, Manifest manifest, Packing packing) {
        var names = running.head().objectNames();
        var manifestSha256 = new ManifestFile(store, packing, json).write(names.manifest(), manifest);
        var archive = Objects.requireNonNull(manifest.archive());
        return new StoredArchive(
                names.archive(),
                names.manifest(),
                archive.bytes(),
                archive.sha256(),
                archive.md5(),
                manifestSha256,
                manifest.files());
    }

    /**
     * As a stranger would: the manifest from the storage, then every byte of the archive against it, and what it is built upon has to be there.
     *
     * @throws BrokenChainException when that is not there
     */
    Manifest readBack(Uploaded uploaded, Packing packing) throws IOException {
        var archive = uploaded.archive();
        var manifest = new ManifestFile(store, packing, json).read(archive.manifestName(), archive.manifestSha256());
        try (var stored = store.open(archive.objectName())) {
            new ArchiveVerifier(packing, json).verify(stored, manifest, ArchiveVerifier.NOWHERE);
        }
        var base = uploaded.head().link().base();
        if (base != null) {
            chain.present(base);
        }
        return manifest;
    }
}
