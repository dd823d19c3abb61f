package io.everstate.backup.store;

import org.jspecify.annotations.Nullable;

/**
 * @param version what tells this content from another under the same name: the storage's entity tag
 * @param id of this version where the bucket keeps several; null where not
 */
public record StoredObject(
        String name, long bytes, String version, @Nullable String id) {
    /** In a bucket that keeps no versions. */
    public StoredObject(String name, long bytes, String version) {
        this(name, bytes, version, null);
    }
}
