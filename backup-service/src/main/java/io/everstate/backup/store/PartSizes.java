package io.everstate.backup.store;

/**
 * How many bytes each part of an upload has, so that the 10,000 parts of S3 are enough. As many as the storage is configured for, while 8,000 of those hold what is expected;
 * else all are larger. What grows while it is archived has the other 2,000, whose size doubles every 400. Two parts are in memory at a time.
 *
 * @param first bytes of each of the first 8,000 parts
 */
record PartSizes(int first) {
    static final int MOST_PARTS = 10_000;

    private static final int EXPECTED_PARTS = 8_000;
    private static final int DOUBLED_EVERY = 400;
    private static final int SHARE = 16;
    private static final int MEBIBYTE = 1 << 20;

    /** With {@link #EXPECTED_PARTS} of them 7.8 TiB; S3 takes 5 GiB. */
    private static final int LARGEST = 1 << 30;

    /**
     * @param configured bytes of a part of an upload of ordinary size
     * @param expectedBytes of the whole upload; 0 where nothing is known
     * @param memory bytes that the process may have: what is expected may be much more than what comes, so a first part takes a sixteenth of it at most
     */
    static PartSizes of(int configured, long expectedBytes, long memory) {
        var needed = Math.ceilDiv(expectedBytes, EXPECTED_PARTS);
        var whole = Math.ceilDiv(needed, MEBIBYTE) * MEBIBYTE;
        return new PartSizes((int) Math.max(configured, Math.min(whole, Math.min(LARGEST, memory / SHARE))));
    }

    /** @param number of the part, from 1 on */
    int of(int number) {
        var doublings = Math.max(0, Math.ceilDiv(number - EXPECTED_PARTS, DOUBLED_EVERY));
        return (int) Math.min(Math.max(LARGEST, first), (long) first << doublings);
    }
}
