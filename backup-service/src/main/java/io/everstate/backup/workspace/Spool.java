package io.everstate.backup.workspace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Holds bytes of unknown number, in memory while they are few and in a file when they are not, and knows their SHA-256. The file has no
 * name from its beginning on, so it is gone when the process ends, however it ends. What its own disk does to it is a
 * {@link SpoolException}, never an {@link IOException}: whoever copies into it can tell the one from the other.
 */
public final class Spool extends OutputStream {
    private static final int IN_MEMORY = 2 << 20;
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final MessageDigest digest;
    private byte[] memory = new byte[BUFFER];
    private long size;
    private @Nullable FileChannel file;

    /** @param directory for the file; made when it is missing */
    public Spool(Path directory) {
        this.directory = directory;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets what it holds. */
    public void reset() {
        dropFile();
        size = 0;
        digest.reset();
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        if (file == null && size + length <= IN_MEMORY) {
            makeRoom((int) size + length);
            System.arraycopy(source, offset, memory, (int) size, length);
        } else {
            writeToFile(source, offset, length);
        }
        digest.update(source, offset, length);
        size += length;
    }

    private void makeRoom(int wanted) {
        if (wanted > memory.length) {
            memory = Arrays.copyOf(memory, Math.min(IN_MEMORY, Math.max(wanted, 2 * memory.length)));
        }
    }

    private void writeToFile(byte[] source, int offset, int length) {
        try {
            if (file == null) {
                file = unnamedFile();
                writeAll(file, ByteBuffer.wrap(memory, 0, (int) size));
            }
            writeAll(file, ByteBuffer.wrap(source, offset, length));
        } catch (IOException e) {
            throw new SpoolException(directory, e);
        }
    }

    private FileChannel unnamedFile() throws IOException {
        Files.createDirectories(directory);
        var path = Files.createTempFile(directory, "everstate-spool", null);
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    private static void writeAll(FileChannel target, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    public long size() {
        return size;
    }

    /** Of the bytes so far, in hexadecimal. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes from the start, until the next reset; may be called again. */
    public InputStream open() {
        return file == null ? new ByteArrayInputStream(memory, 0, (int) size) : new FileInput(file, size, directory);
    }

    /** Reads by position, so that two do not disturb each other or who writes. */
    private static final class FileInput extends InputStream {
        private final FileChannel file;
        private final long size;
        private final Path directory;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
        private long position;

        FileInput(FileChannel file, long size, Path directory) {
            this.file = file;
            this.size = size;
            this.directory = directory;
        }

        @Override
        public int read() {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            var count = Math.min(length, buffer.remaining());
            buffer.get(target, offset, count);
            return count;
        }

        /** Of bytes that can be had at once; without it a reader of gzip stops after its first member. */
        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, buffer.remaining() + size - position);
        }

        private boolean fill() {
            if (buffer.hasRemaining()) {
                return true;
            }
            if (position >= size) {
                return false;
            }
            try {
                buffer.clear();
                position += Math.max(0, file.read(buffer, position));
                buffer.flip();
                return buffer.hasRemaining();
            } catch (IOException e) {
                throw new SpoolException(directory, e);
            }
        }
    }

    private void dropFile() {
        var dropped = file;
        file = null;
        if (dropped != null) {
            try {
                dropped.close();
            } catch (IOException e) {
                throw new SpoolException(directory, e);
            }
        }
    }

    @Override
    public void close() {
        dropFile();
    }
}
