package io.everstate.contracts.wire;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits; they sort by time. */
public final class TimeOrderedUuid {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedUuid() {}

    public static UUID at(Instant time) {
        var high = (time.toEpochMilli() << 16) | VERSION | (RANDOM.nextLong() & 0x0FFFL);
        var low = VARIANT | (RANDOM.nextLong() >>> 2);
        return new UUID(high, low);
    }
}
