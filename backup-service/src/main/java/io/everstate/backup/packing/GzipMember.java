package io.everstate.backup.packing;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A whole gzip member as this service writes them, found among other bytes.
 *
 * @param length of it, compressed, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record GzipMember(byte[] content, int length) {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int FLAGS = 3;
    private static final int DEFLATE = 8;

    /** Whether one may begin there: the magic number, the only method, and no fields that ours never have. */
    static boolean mayBeginAt(byte[] bytes, int at, int end) {
        return end - at >= HEADER + TRAILER
                && (bytes[at] & 0xff) == 0x1f
                && (bytes[at + 1] & 0xff) == 0x8b
                && bytes[at + 2] == DEFLATE
                && bytes[at + FLAGS] == 0;
    }

    /** Empty when none begins there, or its content is not what was written. */
    static Optional<GzipMember> at(byte[] bytes, int at, int end) {
        if (!mayBeginAt(bytes, at, end)) {
            return Optional.empty();
        }
        var inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, at + HEADER, end - at - HEADER);
            var content = new byte[GzipMembersOutputStream.MEMBER + 1];
            var filled = 0;
            int count;
            do {
                count = inflater.inflate(content, filled, content.length - filled);
                filled += count;
            } while (count > 0 && !inflater.finished());
            var trailer = end - inflater.getRemaining();
            if (!inflater.finished() || end - trailer < TRAILER || filled != littleEndian(bytes, trailer + 4)) {
                return Optional.empty();
            }
            var crc = new CRC32();
            crc.update(content, 0, filled);
            return (int) crc.getValue() == littleEndian(bytes, trailer)
                    ? Optional.of(new GzipMember(Arrays.copyOf(content, filled), trailer + TRAILER - at))
                    : Optional.empty();
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    private static int littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }
}
