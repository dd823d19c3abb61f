package io.everstate.backup.seal;

import io.everstate.backup.seal.SealReading.Broken;
import io.everstate.backup.seal.SealReading.Unread;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ListedObject;
import io.everstate.backup.store.ObjectMissingException;
import io.everstate.backup.store.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What lies among the seals in the bucket, whoever wrote it. */
@Singleton
public final class SealsInBucket {
    private final ArchiveStore store;
    private final SealFile file;

    SealsInBucket(ArchiveStore store, SealFile file) {
        this.store = store;
        this.file = file;
    }

    /** All objects among a workspace's seals. */
    public List<ListedObject> all(String workspace) {
        return listed(workspace, SealNames.prefix(workspace));
    }

    /** Those whose names sort behind the seals up to that number. */
    List<ListedObject> behind(String workspace, long number) {
        return listed(workspace, SealNames.behind(workspace, number));
    }

    private List<ListedObject> listed(String workspace, String after) {
        var prefix = SealNames.prefix(workspace);
        var found = new ArrayList<ListedObject>();
        for (var page = store.objects(prefix, after); !page.isEmpty(); ) {
            found.addAll(page);
            page = store.objects(prefix, page.getLast().name());
        }
        return found;
    }

    /**
     * What one of them is: also one that the storage refuses to give, since somebody may have put it there so.
     *
     * @throws StoreUnavailableException when the storage does not answer
     */
    public SealReading read(ListedObject object) {
        if (object.bytes() > SealFile.MAX_BYTES) {
            return new Broken("it has %d bytes".formatted(object.bytes()));
        }
        try {
            return file.read(bytes(object.name()));
        } catch (ObjectMissingException e) {
            return new Unread(e.detail());
        } catch (StoreUnavailableException e) {
            if (e.refused()) {
                return new Unread(e.detail());
            }
            throw e;
        }
    }

    /** @throws ObjectMissingException when there is no such object */
    byte[] bytes(String name) {
        try (var content = store.open(name)) {
            return content.readNBytes(SealFile.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
