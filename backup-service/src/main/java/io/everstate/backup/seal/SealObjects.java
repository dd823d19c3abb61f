package io.everstate.backup.seal;

import io.everstate.backup.seal.SealReading.Broken;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ListedObject;
import io.everstate.backup.store.ObjectExistsException;
import io.everstate.backup.store.ObjectMissingException;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The seals in the bucket. Nothing here removes one, ever: from them it can be told what is missing when the catalogue is lost. */
@Singleton
public final class SealObjects {
    private static final Logger LOG = Logger.getLogger(SealObjects.class);
    private static final int AT_A_TIME = 100;

    private final Seals seals;
    private final ArchiveStore store;
    private final SealFile file;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public SealObjects(Seals seals, ArchiveStore store, SealFile file) {
        this.seals = seals;
        this.store = store;
        this.file = file;
    }

    /**
     * Stores some of what the catalogue has and the bucket has not. It may be called by many at once, and again after a crash. A seal in whose place something
     * else is waits on, is told of once, and holds up no other.
     *
     * @throws StoreUnavailableException when the storage does not answer: what is left is stored by the next call
     */
    public void storeWhatWaits() {
        for (var seal : seals.waiting(AT_A_TIME)) {
            if (write(seal)) {
                seals.inBucket(seal);
            } else if (told.add(seal.object())) {
                LOG.errorf("%s is not in the bucket as it was written", seal.object());
            }
        }
    }

    /**
     * Returns when the bucket gave it back as it is, and what was before it, if it could be.
     *
     * @throws StoreUnavailableException when the storage does not answer
     * @throws ProblemException CORRUPT when it is not given back as it was written
     */
    public void store(StoredSeal seal) {
        storeWhatWaits();
        if (!write(seal)) {
            throw new ProblemException(ProblemType.CORRUPT, seal.object() + " is not the seal that was written");
        }
        seals.inBucket(seal);
    }

    /** @return whether it was read back as it is */
    private boolean write(StoredSeal seal) {
        var name = seal.object();
        if (store.find(name).isEmpty()) {
            upload(name, seal.bytes());
        }
        try {
            return Arrays.equals(bytes(name), seal.bytes());
        } catch (ObjectMissingException _) {
            return false;
        }
    }

    private void upload(String name, byte[] content) {
        try (var upload = store.begin(name)) {
            upload.write(content);
            upload.complete();
        } catch (ObjectExistsException _) {
            LOG.debugf("%s was stored meanwhile", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All objects among a workspace's seals, whoever wrote them, whose names sort behind the seals up to that number. */
    public List<ListedObject> behind(String workspace, long number) {
        var prefix = SealNames.prefix(workspace);
        var found = new ArrayList<ListedObject>();
        for (var page = store.objects(prefix, SealNames.behind(workspace, number)); !page.isEmpty(); ) {
            found.addAll(page);
            page = store.objects(prefix, page.getLast().name());
        }
        return found;
    }

    /** All objects among a workspace's seals. */
    public List<ListedObject> all(String workspace) {
        var prefix = SealNames.prefix(workspace);
        var found = new ArrayList<ListedObject>();
        for (var page = store.objects(prefix, prefix); !page.isEmpty(); ) {
            found.addAll(page);
            page = store.objects(prefix, page.getLast().name());
        }
        return found;
    }

    /** What one of them is. */
    public SealReading read(ListedObject object) {
        return object.bytes() > SealFile.MAX_BYTES
                ? new Broken("it has %d bytes".formatted(object.bytes()))
                : file.read(bytes(object.name()));
    }

    private byte[] bytes(String name) {
        try (var content = store.open(name)) {
            return content.readNBytes(SealFile.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
