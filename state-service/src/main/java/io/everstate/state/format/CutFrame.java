package io.everstate.state.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Frames of zstd, which have a hash of their own. One part of two has a frame in front that every zstd skips, and that versions without parts
 * refuse: in it stands to which cut the part belongs.
 */
final class CutFrame {
    /** With these a frame of zstd begins, and no JSON text. */
    private static final byte[] MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

    private static final int SKIPPED = 0x184D2A5E;
    /** The skipped frame: magic, length, number of the cut. */
    private static final int HEAD = Integer.BYTES + Integer.BYTES + Long.BYTES;

    private CutFrame() {}

    static byte[] of(long cut, byte[] frame) {
        return ByteBuffer.allocate(HEAD + frame.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SKIPPED)
                .putInt(Long.BYTES)
                .putLong(cut)
                .put(frame)
                .array();
    }

    static boolean isPart(byte[] stored) {
        if (stored.length < HEAD) {
            return false;
        }
        var head = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        return head.getInt() == SKIPPED && head.getInt() == Long.BYTES;
    }

    /** Of a part. */
    static long cut(byte[] part) {
        return ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN).getLong(Integer.BYTES + Integer.BYTES);
    }

    /** @throws UnreadableRecordException when it is damaged */
    static byte[] partText(byte[] part) {
        return unpacked(Arrays.copyOfRange(part, HEAD, part.length));
    }

    /**
     * What is in a frame; anything else as it is.
     *
     * @throws UnreadableRecordException when it is damaged
     */
    static byte[] text(byte[] stored) {
        return stored.length < MAGIC.length || Arrays.mismatch(stored, MAGIC) < MAGIC.length
                ? stored
                : unpacked(stored);
    }

    private static byte[] unpacked(byte[] frame) {
        try {
            long size = Zstd.getFrameContentSize(frame);
            return Zstd.decompress(frame, Math.toIntExact(size));
        } catch (ZstdException | IllegalArgumentException | ArithmeticException | NegativeArraySizeException e) {
            throw new UnreadableRecordException("a stored state is damaged: " + e.getMessage(), e);
        }
    }
}
