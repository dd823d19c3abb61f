package io.everstate.backup.seal;

import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ObjectExistsException;
import io.everstate.backup.store.ObjectMissingException;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stores seals in the bucket. Nothing here removes one, ever: from them it can be told what is missing when the catalogue is lost. */
@Singleton
public final class SealObjects {
    private static final Logger LOG = Logger.getLogger(SealObjects.class);
    private static final int AT_A_TIME = 100;

    private final Seals seals;
    private final ArchiveStore store;
    private final SealsInBucket bucket;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public SealObjects(Seals seals, ArchiveStore store, SealsInBucket bucket) {
        this.seals = seals;
        this.store = store;
        this.bucket = bucket;
    }

    /**
     * Stores what the catalogue has and the bucket has not, each workspace's in their order. It may be called by many at once, and again after a crash. A seal in
     * whose place something else is waits on, is told of once, and holds up no other.
     *
     * @throws StoreUnavailableException when the storage does not answer: what is left is stored by the next call
     */
    public void storeWhatWaits() {
        storeAllBut(null);
    }

    private void storeAllBut(@Nullable StoredSeal own) {
        for (var some = seals.waiting("", 0, AT_A_TIME); !some.isEmpty(); ) {
            some.stream()
                    .filter(seal -> own == null || !seal.sha256().equals(own.sha256()))
                    .forEach(this::tryToStore);
            var last = some.getLast().seal();
            some = seals.waiting(last.workspace(), last.number(), AT_A_TIME);
        }
    }

    /** Somebody may have begun to, and was killed. */
    private void tryToStore(StoredSeal seal) {
        if (write(seal)) {
            endUploads(seal.object());
            seals.inBucket(seal);
        } else if (told.add(seal.object())) {
            LOG.errorf("%s is not in the bucket as it was written", seal.object());
        }
    }

    /**
     * Returns when the bucket gave it back as it is, and what was before it, if it could be.
     *
     * @throws StoreUnavailableException when the storage does not answer
     * @throws ProblemException CORRUPT when it is not given back as it was written
     */
    public void store(StoredSeal seal) {
        storeAllBut(seal);
        if (!write(seal)) {
            throw new ProblemException(ProblemType.CORRUPT, seal.object() + " is not the seal that was written");
        }
        seals.inBucket(seal);
    }

    /** @return whether it was read back as it is: not where the storage refuses to give what is in its place, which somebody may have put there so */
    private boolean write(StoredSeal seal) {
        if (isMissing(seal.object())) {
            upload(seal.object(), seal.bytes());
        }
        try {
            return Arrays.equals(bucket.bytes(seal.object()), seal.bytes());
        } catch (ObjectMissingException _) {
            return false;
        } catch (StoreUnavailableException e) {
            checkRefused(e);
            return false;
        }
    }

    private void endUploads(String name) {
        try {
            store.endUploads(name);
        } catch (StoreUnavailableException e) {
            checkRefused(e);
            LOG.debugf("Other uploads to %s are left: %s", name, e.detail());
        }
    }

    private boolean isMissing(String name) {
        try {
            return store.find(name).isEmpty();
        } catch (StoreUnavailableException e) {
            checkRefused(e);
            return false;
        }
    }

    private static void checkRefused(StoreUnavailableException e) {
        if (!e.refused()) {
            throw e;
        }
    }

    private void upload(String name, byte[] content) {
        try (var upload = store.begin(name)) {
            upload.write(content);
            upload.complete();
        } catch (ObjectExistsException | ObjectMissingException _) {
            LOG.debugf("%s was stored by somebody else", name);
            endUploads(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
