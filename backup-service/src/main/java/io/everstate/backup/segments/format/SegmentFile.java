package io.everstate.backup.segments.format;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.everstate.backup.packing.Encryption;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * A segment as a file: its header in a frame that {@code zstd} skips (RFC 8878, 3.1.2), then its batches in a frame with a check sum. Unpacked by
 * {@code zstd -d} it is a file of Kafka's log. Thread-safe.
 */
public final class SegmentFile {
    /** Bytes of an object and of its records: what is larger was not made by us, and would fill the memory. */
    public static final int LARGEST = 64 << 20;

    private static final int SKIPPABLE = 0x184D2A50;
    /** Bytes of the header's SHA-256, which stands in front of it: the frame has no check sum of its own. */
    private static final int SUM = 32;

    private static final int LARGEST_HEADER = 1 << 16;
    private static final int FASTEST = 1;
    /** Events pack to a fifth or less. */
    private static final int OFTEN_PACKED_TO = 4;

    private final JsonFormat json;

    public SegmentFile(JsonFormat json) {
        this.json = json;
    }

    public ByteBuffer write(SegmentContent content, Encryption encryption) {
        var file = new GrowingBytes(SUM + content.header().contentBytes() / OFTEN_PACKED_TO);
        try {
            write(content, encryption.encrypt(file));
        } catch (IOException e) {
            throw new UncheckedIOException("a segment cannot be packed", e);
        }
        return file.written();
    }

    /** Closes the target, for only then all of it is encrypted. */
    private void write(SegmentContent content, OutputStream target) throws IOException {
        var header = json.write(content.header());
        target.write(ByteBuffer.allocate(2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SKIPPABLE)
                .putInt(SUM + header.length)
                .array());
        target.write(Sha256.digest().digest(header));
        target.write(header);
        try (var compressed =
                new ZstdOutputStreamNoFinalizer(target).setLevel(FASTEST).setChecksum(true)) {
            for (var batch : content.batches()) {
                compressed.write(batch.array(), batch.arrayOffset() + batch.position(), batch.remaining());
            }
        }
    }

    /**
     * Reads all of it and checks every sum.
     *
     * @throws SegmentCorruptException when it is not as it was written
     * @throws NoKeyException when no key here opens it
     */
    public Segment read(ByteBuffer file, Encryption encryption) throws NoKeyException {
        var stored = new ByteArrayInputStream(file.array(), file.arrayOffset() + file.position(), file.remaining());
        try (var plain = encryption.decrypt(stored)) {
            var header = header(plain);
            return new Segment(header, batches(plain, header.contentBytes()));
        } catch (NoKeyException e) {
            throw e;
        } catch (IOException | UnreadableRecordException e) {
            throw new SegmentCorruptException("the segment cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /**
     * Checks as {@link #read} does, also that it is not too large for that, with one batch in memory at a time.
     *
     * @throws SegmentCorruptException when it is not as it was written
     * @throws NoKeyException when no key here opens it
     */
    public void check(InputStream file, Encryption encryption) throws NoKeyException {
        try (var plain = encryption.decrypt(file)) {
            var header = header(plain);
            try (var unpacked = new ZstdInputStreamNoFinalizer(plain)) {
                SegmentCheck.check(header, unpacked);
            }
        } catch (NoKeyException e) {
            throw e;
        } catch (IOException | UnreadableRecordException e) {
            throw new SegmentCorruptException("the segment cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private SegmentHeader header(InputStream plain) throws IOException {
        var frame = ByteBuffer.wrap(plain.readNBytes(2 * Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        if (frame.remaining() < 2 * Integer.BYTES || frame.getInt() != SKIPPABLE) {
            throw new SegmentCorruptException("it does not begin as a segment");
        }
        var length = frame.getInt() - SUM;
        if (length < 0 || length > LARGEST_HEADER) {
            throw new SegmentCorruptException("its header would have %d bytes".formatted(length));
        }
        var sum = plain.readNBytes(SUM);
        var content = plain.readNBytes(length);
        if (!MessageDigest.isEqual(sum, Sha256.digest().digest(content))) {
            throw new SegmentCorruptException("its header is damaged");
        }
        var header = json.read(content, SegmentHeader.class);
        if (header.formatVersion() != SegmentHeader.FORMAT_VERSION) {
            throw new SegmentCorruptException(
                    "it has format %d, which is unknown here".formatted(header.formatVersion()));
        }
        if (header.contentBytes() < 0 || header.contentBytes() > LARGEST) {
            throw new SegmentCorruptException("its header says %d bytes of records".formatted(header.contentBytes()));
        }
        return header;
    }

    private static ByteBuffer batches(InputStream plain, int length) throws IOException {
        try (var unpacked = new ZstdInputStreamNoFinalizer(plain)) {
            var batches = unpacked.readNBytes(length);
            if (batches.length < length || unpacked.read() >= 0) {
                throw new SegmentCorruptException("it has not as many bytes of records as its header says");
            }
            return ByteBuffer.wrap(batches);
        }
    }
}
