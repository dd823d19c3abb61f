package io.everstate.backup.packing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Keeps bytes from whoever has no key. Thread-safe. */
public interface Encryption {
    /** What a name of its files ends with: {@code .age}, or nothing. */
    String suffix();

    /** @return ends what it writes, and closes the target, when it is closed */
    OutputStream encrypt(OutputStream target) throws IOException;

    /**
     * @return throws {@link IOException} at bytes that are not as they were written, before it gives any of them
     *
     * @throws NoKeyException when no key here opens it
     * @throws IOException when it is no such file
     */
    InputStream decrypt(InputStream encrypted) throws IOException;
}
