package io.everstate.backup.store;

import java.io.OutputStream;

/** A new object while it is written. */
public abstract class Upload extends OutputStream {
    /**
     * Makes the object visible, whole, under its name, and checks that the storage has as many bytes as were written.
     *
     * @throws ObjectExistsException when the name is taken; the object there stays as it was
     */
    public abstract StoredObject complete();

    /**
     * Gives the object up unless it was completed; then does nothing. Never waits and never throws: what was sent of an object that was
     * given up stays, invisible, until {@link ArchiveStore#delete} of its name.
     */
    @Override
    public abstract void close();
}
