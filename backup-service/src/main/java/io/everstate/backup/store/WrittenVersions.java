package io.everstate.backup.store;

import java.util.Optional;

/**
 * Which version of an object is the one that was written, as those know who remember it: a bucket that keeps versions gives the newest one to whoever asks for none, and that may be
 * somebody else's.
 */
public interface WrittenVersions {
    /** Empty where the bucket kept no versions, or nobody remembers. */
    Optional<String> of(String object);

    void wrote(String object, String version);

    /** Nothing is there any more. */
    void forget(String object);
}
