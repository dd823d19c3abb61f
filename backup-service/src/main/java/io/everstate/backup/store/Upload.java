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

    /** Gives the object up unless it was completed; then does nothing. Never throws. */
    @Override
    public abstract void close();
}
