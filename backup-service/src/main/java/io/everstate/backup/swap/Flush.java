package io.everstate.backup.swap;

import java.io.IOException;
import java.nio.file.Path;

/** Forces to disk at once what was written one after the other: a thousand files wait for their disk once and not a thousand times. */
interface Flush extends AutoCloseable {
    /** Covers nothing, so each write has to be forced by itself. */
    Flush NONE = new Flush() {
        @Override
        public boolean covers(Path path) {
            return false;
        }

        @Override
        public void now() {
            // nothing is its business
        }

        @Override
        public void close() {
            // nothing is held
        }
    };

    /** Whether {@link #now} forces what is written there. */
    boolean covers(Path path) throws IOException;

    /**
     * What it covers and was written before is on disk when it returns: content, names and modes.
     *
     * @throws IOException when something that was written since this was made did not get there, whoever wrote it
     */
    void now() throws IOException;

    @Override
    void close();
}
