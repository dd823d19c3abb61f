package io.everstate.backup.rebuild;

import io.everstate.backup.archive.ArchiveCorruptException;
import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.FoundBackups;
import io.everstate.backup.catalogue.SeenObjects;
import io.everstate.backup.catalogue.WatchedFile;
import io.everstate.backup.chain.StoredManifests;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ObjectMissingException;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Makes a backup of what was found by reading it from storage, every byte, against its manifest. */
@Singleton
final class ReadBack {
    private final Catalogue catalogue;
    private final FoundBackups backups;
    private final SeenObjects seen;
    private final StoredManifests manifests;
    private final ArchiveStore store;
    private final Packings packings;
    private final JsonFormat json;
    private final Clock clock;

    ReadBack(
            Catalogue catalogue,
            FoundBackups backups,
            SeenObjects seen,
            StoredManifests manifests,
            ArchiveStore store,
            Packings packings,
            JsonFormat json,
            Clock clock) {
        this.catalogue = catalogue;
        this.backups = backups;
        this.seen = seen;
        this.manifests = manifests;
        this.store = store;
        this.packings = packings;
        this.json = json;
        this.clock = clock;
    }

    /** @throws StoreUnavailableException when nothing is known about it for now */
    Finding read(Found found, Lease lease) {
        var archive = found.archive();
        var finding = new Finding(found.head().id(), archive.objectName(), archive.bytes(), Outcome.FOUND, null);
        try {
            var base = base(found);
            if (base instanceof Found) {
                return finding.becomes(
                        Outcome.NOT_READ,
                        "%s, which it is built upon, was not read back"
                                .formatted(base.head().id()));
            }
            if (base != null && !(base instanceof Completed)) {
                return corrupted(
                        found,
                        finding.becomes(
                                Outcome.BROKEN,
                                "%s, which it is built upon, is no backup any more"
                                        .formatted(base.head().id())));
            }
            var versions = seen.listed(archive);
            var manifest = verifiedOrReadAgain(found);
            lease.check();
            var completed = found.readBack(clock.instant());
            backups.completed(completed, WatchedFile.all(completed, manifest));
            seen.wellAs(found.head().id(), versions);
            return finding.becomes(Outcome.VERIFIED, null);
        } catch (ArchiveCorruptException e) {
            lease.check();
            return corrupted(found, finding.becomes(Outcome.CORRUPTED, e.detail()));
        } catch (ObjectMissingException e) {
            return finding.becomes(Outcome.NOT_READ, e.detail());
        } catch (NoKeyException e) {
            return finding.becomes(Outcome.NEEDS_KEY, e.getMessage());
        } catch (IOException e) {
            return finding.becomes(Outcome.NOT_READ, e.getMessage());
        }
    }

    private @Nullable Backup base(Found found) {
        var base = found.head().link().base();
        return base == null ? null : catalogue.findBackup(base).orElse(null);
    }

    /** What flipped on the way is not what the storage has: only what is found twice is damage. */
    private Manifest verifiedOrReadAgain(Found found) throws IOException {
        try {
            return verified(found);
        } catch (ArchiveCorruptException e) {
            return verified(found);
        }
    }

    private Manifest verified(Found found) throws IOException {
        var manifest = manifests.read(found.archive());
        var name = found.archive().objectName();
        try (var stored = store.open(name)) {
            new ArchiveVerifier(packings.of(name), json).verify(stored, manifest, ArchiveVerifier.NOWHERE);
        }
        return manifest;
    }

    private Finding corrupted(Found found, Finding finding) {
        backups.corrupted(found.corrupt(String.valueOf(finding.detail()), clock.instant()));
        return finding;
    }
}
