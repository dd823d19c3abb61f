package io.everstate.backup.store;

import java.time.Instant;

/**
 * Until when the bucket refuses to delete an object.
 *
 * @param until to the second
 */
public record ObjectLock(Mode mode, Instant until) {
    public enum Mode {
        /** Who has a right of its own may delete it all the same; nothing here asks for that. */
        GOVERNANCE,
        /** Nobody may. */
        COMPLIANCE
    }
}
