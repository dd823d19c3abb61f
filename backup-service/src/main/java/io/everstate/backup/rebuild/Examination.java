package io.everstate.backup.rebuild;

import io.everstate.backup.archive.ArchiveCorruptException;
import io.everstate.backup.archive.BackupMetadata;
import io.everstate.backup.archive.Digests;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Manifest.Member;
import io.everstate.backup.archive.Manifest.Note;
import io.everstate.backup.archive.ManifestFile;
import io.everstate.backup.bucket.FoundArchive;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.backup.catalogue.BackupHead;
import io.everstate.backup.catalogue.Link;
import io.everstate.backup.catalogue.StoredArchive;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.rebuild.Examined.Closed;
import io.everstate.backup.rebuild.Examined.Damaged;
import io.everstate.backup.rebuild.Examined.Described;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ObjectMissingException;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the manifest beside an archive, where no catalogue knows what was written. It is believed as far as it fits the names of the objects and the
 * archive's size; the archive has to prove the rest by being read.
 */
@Singleton
final class Examination {
    /** How the description of such a backup begins in archives that do not say {@link BackupMetadata#safety()} yet. */
    private static final String SAFETY = "Safety backup before restoring ";

    private final ArchiveStore store;
    private final Packings packings;
    private final JsonFormat json;
    private final Clock clock;

    Examination(ArchiveStore store, Packings packings, JsonFormat json, Clock clock) {
        this.store = store;
        this.packings = packings;
        this.json = json;
        this.clock = clock;
    }

    /** Of several with one id of which no seal names one, that whose manifest says that it is in its place; the first where none does. */
    Examined examine(FoundArchive archive) {
        var first = examineAlone(archive);
        return first instanceof Described
                ? first
                : archive.namesakes().stream()
                        .map(this::examineAlone)
                        .filter(Described.class::isInstance)
                        .findFirst()
                        .orElse(first);
    }

    private Examined examineAlone(FoundArchive archive) {
        try {
            var manifest = archive.manifest().name();
            return examine(archive, new ManifestFile(store, packings.of(manifest), json).find(manifest));
        } catch (NoKeyException e) {
            return new Closed(Outcome.NEEDS_KEY, String.valueOf(e.getMessage()));
        } catch (ArchiveCorruptException e) {
            return damaged(archive, e.detail());
        } catch (ObjectMissingException e) {
            return new Closed(Outcome.NOT_READ, e.detail());
        } catch (IOException e) {
            return new Closed(Outcome.NOT_READ, String.valueOf(e.getMessage()));
        }
    }

    private Examined examine(FoundArchive archive, ManifestFile.Found stored) {
        var manifest = stored.manifest();
        if (manifest.formatVersion() > BackupMetadata.FORMAT_VERSION) {
            return new Closed(
                    Outcome.NOT_READ,
                    "its format version is %d, and those up to %d are known here"
                            .formatted(manifest.formatVersion(), BackupMetadata.FORMAT_VERSION));
        }
        var wrong = mismatch(archive, manifest);
        if (wrong != null) {
            return damaged(archive, wrong);
        }
        var members =
                manifest.chain() == null ? List.<Member>of() : manifest.chain().members();
        var head = head(archive, manifest, members);
        if (!head.objectNames().archive().equals(archive.archive().name())) {
            return damaged(archive, "the manifest is of a backup of another time");
        }
        var size = manifest.entries().stream()
                .filter(entry -> entry.ofWorkspace() && entry.type() == EntryType.FILE)
                .mapToLong(Entry::size)
                .sum();
        return new Described(new Found(head, stored(archive, manifest, stored.sha256())), members, size);
    }

    /** What a manifest of JSON that anybody could have written lacks or contradicts; null when there is nothing. */
    private static @Nullable String mismatch(FoundArchive archive, Manifest manifest) {
        var backup = manifest.backup();
        var stored = manifest.archive();
        var place = archive.place();
        if (backup == null || stored == null || manifest.entries() == null || manifest.notes() == null) {
            return "the manifest is not complete";
        }
        if (stored.sha256() == null || stored.md5() == null) {
            return "the manifest lacks sums";
        }
        if (!place.id().equals(backup.id())
                || !place.workspace().equals(backup.workspace())
                || place.kind() != backup.kind()
                || backup.time() == null
                || !archive.archive().name().equals(stored.object())) {
            return "the manifest is of another backup";
        }
        if (stored.bytes() != archive.archive().bytes()) {
            return "the archive has %d bytes, %d were written"
                    .formatted(archive.archive().bytes(), stored.bytes());
        }
        var chained = manifest.chain() != null && !manifest.chain().members().isEmpty();
        return chained == (backup.kind() == BackupKind.INCREMENTAL)
                ? null
                : "the manifest names no chain, or a needless one";
    }

    private static BackupHead head(FoundArchive archive, Manifest manifest, List<Member> members) {
        var backup = manifest.backup();
        var note = manifest.notes().stream()
                .filter(one -> one.path().equals(Manifest.WORKSPACE))
                .map(Note::what)
                .findFirst()
                .orElse(null);
        var base = members.isEmpty() ? null : members.getLast().id();
        var safety = backup.safety() == null
                ? Objects.toString(backup.description(), "").startsWith(SAFETY)
                : backup.safety();
        return new BackupHead(
                backup.id(),
                backup.workspace(),
                backup.kind(),
                Objects.toString(backup.description(), ""),
                safety,
                backup.time(),
                archive.place().packing(),
                new Link(base, members.size(), note));
    }

    private static StoredArchive stored(FoundArchive archive, Manifest manifest, String manifestSha256) {
        var stored = Objects.requireNonNull(manifest.archive());
        return new StoredArchive(
                stored.object(),
                archive.manifest().name(),
                stored.bytes(),
                stored.sha256(),
                stored.md5(),
                manifestSha256,
                manifest.files());
    }

    /** Known by its name and by what its bytes are now. */
    private Damaged damaged(FoundArchive archive, String what) {
        var place = archive.place();
        var head =
                new BackupHead(place.id(), place.workspace(), place.kind(), "", false, place.time(), place.packing());
        try (var content = store.open(archive.archive().name());
                var manifest = store.open(archive.manifest().name())) {
            var sums = Digests.of(content);
            var stored = new StoredArchive(
                    archive.archive().name(),
                    archive.manifest().name(),
                    sums.bytes(),
                    sums.sha256(),
                    sums.md5(),
                    Digests.of(manifest).sha256(),
                    0);
            return new Damaged(new Corrupted(head, stored, what, clock.instant()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
