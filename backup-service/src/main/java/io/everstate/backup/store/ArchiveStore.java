package io.everstate.backup.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Objects that are written once and read whole. Every call ends within a bounded time; what cannot be reached is a
 * {@link StoreUnavailableException}. Thread-safe; an {@link Upload} belongs to one thread.
 */
public interface ArchiveStore {
    /**
     * Begins a new object. Nothing can be found under the name before {@link Upload#complete()}; memory use does not grow with
     * what is written, but for objects of more than 8,000 parts. Fails soon when the storage is away.
     */
    default Upload begin(String name) {
        return begin(name, 0);
    }

    /** @param expectedBytes about as many as will be written, rather more than fewer; 0 where nobody knows and they are few */
    Upload begin(String name, long expectedBytes);

    /** How the object is stored: the version that was written where that is remembered, else as it is now. */
    Optional<StoredObject> find(String name);

    /**
     * The bytes as stored, all of the same version of the object: of the one that was written where that is remembered, though it was deleted or written over since, which is logged. Reading throws {@link StoreUnavailableException} when the storage
     * goes away in between or answers with fewer bytes than the object has.
     *
     * @throws ObjectMissingException when there is no such object
     */
    InputStream open(String name);

    /**
     * Objects whose names begin with the prefix and sort behind another text, in their order: the next ones, empty when there are no more.
     */
    List<ListedObject> objects(String prefix, String after);

    /** The names of {@link #objects}. */
    default List<String> names(String prefix, String after) {
        return objects(prefix, after).stream().map(ListedObject::name).toList();
    }

    /**
     * Refuses every deletion of the object as it was written until then. Locks that are there are extended and never shortened, nor is their mode changed.
     *
     * @return the lock that it has now
     * @throws ObjectMissingException when there is no such object
     */
    ObjectLock lock(String name, ObjectLock wanted);

    /** Removes the object, if there is one, with all of its versions, and every unfinished upload to its name, so that such an upload can no longer complete. Of what is locked it removes nothing and fails. */
    void delete(String name);

    /** Ends every unfinished upload to the name, so that it can no longer complete. An object that is there stays. */
    void endUploads(String name);

    /** What the bucket does for its objects besides keeping them. */
    BucketCapabilities capabilities();
}
