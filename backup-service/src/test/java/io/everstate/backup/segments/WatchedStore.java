package io.everstate.backup.segments;

import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.BucketCapabilities;
import io.everstate.backup.store.InMemoryArchiveStore;
import io.everstate.backup.store.ListedObject;
import io.everstate.backup.store.ObjectLock;
import io.everstate.backup.store.StoredObject;
import io.everstate.backup.store.Upload;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Objects in memory, and a test that is asked before one is listed, begun or opened. */
public final class WatchedStore implements ArchiveStore {
    private final ArchiveStore objects = new InMemoryArchiveStore();
    private volatile Consumer<String> listing = _ -> {};
    private volatile Consumer<String> beginning = _ -> {};
    private volatile Consumer<String> opening = _ -> {};

    /** @param listing is given the prefix */
    public void beforeListing(Consumer<String> listing) {
        this.listing = listing;
    }

    /** @param beginning is given the name */
    public void beforeBeginning(Consumer<String> beginning) {
        this.beginning = beginning;
    }

    /** @param opening is given the name */
    public void beforeOpening(Consumer<String> opening) {
        this.opening = opening;
    }

    @Override
    public Upload begin(String name, long expectedBytes) {
        beginning.accept(name);
        return objects.begin(name, expectedBytes);
    }

    @Override
    public Optional<StoredObject> find(String name) {
        return objects.find(name);
    }

    @Override
    public InputStream open(String name) {
        opening.accept(name);
        return objects.open(name);
    }

    @Override
    public List<ListedObject> objects(String prefix, String after) {
        listing.accept(prefix);
        return objects.objects(prefix, after);
    }

    @Override
    public ObjectLock lock(String name, ObjectLock wanted) {
        return objects.lock(name, wanted);
    }

    @Override
    public void delete(String name) {
        objects.delete(name);
    }

    @Override
    public void endUploads(String name) {
        objects.endUploads(name);
    }

    @Override
    public BucketCapabilities capabilities() {
        return objects.capabilities();
    }
}
