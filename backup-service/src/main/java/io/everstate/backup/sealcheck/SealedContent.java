package io.everstate.backup.sealcheck;

import io.everstate.backup.archive.Digests;
import io.everstate.backup.archive.ObjectNames;
import io.everstate.backup.seal.Seal.SealedBackup;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ListedObject;
import io.everstate.backup.store.ObjectMissingException;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Archives and manifests of the bucket held against what their seals say. */
final class SealedContent {
    private final ArchiveStore store;
    private final boolean archives;
    private final Runnable beforeEach;

    /**
     * @param archives whether archives are read to their last byte, not only their sizes compared
     * @param beforeEach throws when the rest is to be left
     */
    SealedContent(ArchiveStore store, boolean archives, Runnable beforeEach) {
        this.store = store;
        this.archives = archives;
        this.beforeEach = beforeEach;
    }

    List<Finding> of(String workspace, List<SealedBackup> held) {
        var listed = listed(workspace);
        return held.stream().flatMap(backup -> of(backup, listed)).toList();
    }

    private Map<String, ListedObject> listed(String workspace) {
        var prefix = ObjectNames.PREFIX + workspace + "/";
        var found = new HashMap<String, ListedObject>();
        for (var page = store.objects(prefix, prefix); !page.isEmpty(); ) {
            page.forEach(object -> found.put(object.name(), object));
            page = store.objects(prefix, page.getLast().name());
        }
        return found;
    }

    /**
     * One object of a backup, as its seal says it.
     *
     * @param bytes how many it has; null where the seal does not say
     * @param read whether its content is read
     */
    private record Sealed(
            SealedBackup backup,
            String object,
            @Nullable Long bytes,
            String sha256,
            boolean read,
            Kind missing,
            Kind changed) {
        Finding finding(Kind kind, String found) {
            var size = bytes == null ? "" : "%d bytes, ".formatted(bytes);
            return new Finding(kind, object, backup.id(), size + "sha256 " + sha256, found);
        }
    }

    private Stream<Finding> of(SealedBackup backup, Map<String, ListedObject> listed) {
        beforeEach.run();
        var archive = new Sealed(
                backup,
                backup.archive(),
                backup.bytes(),
                backup.sha256(),
                archives,
                Kind.ARCHIVE_MISSING,
                Kind.ARCHIVE_CHANGED);
        var manifest = new Sealed(
                backup,
                backup.manifest(),
                null,
                backup.manifestSha256(),
                true,
                Kind.MANIFEST_MISSING,
                Kind.MANIFEST_CHANGED);
        return Stream.of(archive, manifest)
                .map(wanted -> look(wanted, listed.get(wanted.object())))
                .flatMap(Optional::stream);
    }

    private Optional<Finding> look(Sealed wanted, @Nullable ListedObject object) {
        if (object == null) {
            var hidden = store.find(wanted.object()).isPresent();
            return Optional.of(wanted.finding(
                    wanted.missing(), hidden ? "deleted, with the version that was written still there" : "nothing"));
        }
        if (wanted.bytes() != null && wanted.bytes() != object.bytes()) {
            return Optional.of(wanted.finding(wanted.changed(), "%d bytes".formatted(object.bytes())));
        }
        return wanted.read() ? read(wanted) : Optional.empty();
    }

    /** What flipped on the way is not what the storage has: only what is found twice is another content. */
    private Optional<Finding> read(Sealed wanted) {
        try {
            return sum(wanted.object()).equals(wanted.sha256())
                    ? Optional.empty()
                    : Optional.of(sum(wanted.object()))
                            .filter(again -> !again.equals(wanted.sha256()))
                            .map(again -> wanted.finding(wanted.changed(), "sha256 " + again));
        } catch (ObjectMissingException _) {
            return Optional.of(wanted.finding(wanted.missing(), "nothing"));
        } catch (StoreUnavailableException e) {
            if (e.refused()) {
                return Optional.of(wanted.finding(wanted.changed(), e.detail()));
            }
            throw e;
        }
    }

    private String sum(String object) {
        try (var content = store.open(object)) {
            return Digests.of(content).sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
