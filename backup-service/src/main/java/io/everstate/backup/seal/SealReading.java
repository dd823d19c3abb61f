package io.everstate.backup.seal;

import org.jspecify.annotations.Nullable;

/** What the bytes of an object among the seals are. */
public sealed interface SealReading {
    /** Of the bytes, in hexadecimal; null of what is no seal. */
    @Nullable
    String sha256();

    /** Signed with a key that is trusted here. */
    record Genuine(StoredSeal stored) implements SealReading {
        @Override
        public String sha256() {
            return stored.sha256();
        }
    }

    /** A seal of which nobody says who wrote it. */
    record Unsigned(StoredSeal stored) implements SealReading {
        @Override
        public String sha256() {
            return stored.sha256();
        }
    }

    /** Signed, as it says, with a key that nobody here trusts. */
    record UnknownKey(String keyId, String sha256) implements SealReading {}

    /** Signed, as it says, with a key that is trusted here, which did not sign these bytes. */
    record WrongSignature(String keyId, String sha256) implements SealReading {}

    /** The storage lists it and does not give it. */
    record Unread(String what) implements SealReading {
        @Override
        public @Nullable String sha256() {
            return null;
        }
    }

    /** No seal at all. */
    record Broken(String what) implements SealReading {
        @Override
        public @Nullable String sha256() {
            return null;
        }
    }
}
