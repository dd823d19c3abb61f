package io.everstate.backup.store;

/** Whether the bucket keeps older versions of an object, and whether it can refuse to delete one. */
public record BucketCapabilities(Support versioning, Support objectLock) {

    /** UNSUPPORTED: the storage does not know the question. */
    public enum Support {
        ON,
        OFF,
        UNSUPPORTED
    }
}
