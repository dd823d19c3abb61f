package io.everstate.bot.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Objects that are written once and read whole. Every call ends within a bounded time and holds no more of an object than a buffer; what
 * cannot be reached, or does not let us in, is a {@link StorageAwayException}. Thread-safe.
 */
public interface ObjectStorage {
    /** Whether there is one at all; else every other call fails. */
    boolean configured();

    /**
     * The whole file as one object: it is there as a whole afterwards, or not at all. What is there under the name is replaced.
     *
     * @param sha256 of the file, in hex
     */
    void put(String name, RandomAccessFile file, String sha256) throws IOException;

    Optional<StoredObject> find(String name);

    /**
     * Copies the bytes as they are stored; how many there are is the caller's to compare.
     *
     * @return false when there is no such object
     * @throws IOException when the target cannot be written
     */
    boolean read(String name, OutputStream target) throws IOException;

    /** Everything whose name begins so, in the order of the names. */
    void list(String prefix, Consumer<StoredObject> each);

    /** Removes the object, if there is one. */
    void delete(String name);
}
