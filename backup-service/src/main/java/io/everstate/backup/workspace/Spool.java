package io.everstate.backup.workspace;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Holds bytes of unknown number, in memory while they are few and in a file when they are not, and knows their SHA-256. */
public final class Spool extends OutputStream {
    private static final int IN_MEMORY = 1 << 20;

    private final Path directory;
    private final byte[] memory = new byte[IN_MEMORY];
    private final MessageDigest digest;
    private long size;
    private @Nullable Path file;
    private @Nullable OutputStream fileOutput;

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
    public void reset() throws IOException {
        dropFile();
        size = 0;
        digest.reset();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        digest.update(source, offset, length);
        if (fileOutput == null && size + length <= IN_MEMORY) {
            System.arraycopy(source, offset, memory, (int) size, length);
        } else {
            output().write(source, offset, length);
        }
        size += length;
    }

    private OutputStream output() throws IOException {
        if (fileOutput == null) {
            Files.createDirectories(directory);
            file = Files.createTempFile(directory, "everstate-spool", null);
            fileOutput = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            fileOutput.write(memory, 0, (int) size);
        }
        return fileOutput;
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

    /** The bytes from the start; may be called again. */
    public InputStream open() throws IOException {
        if (fileOutput == null || file == null) {
            return new ByteArrayInputStream(Arrays.copyOf(memory, (int) size));
        }
        fileOutput.flush();
        return Files.newInputStream(file);
    }

    private void dropFile() throws IOException {
        if (fileOutput != null) {
            fileOutput.close();
            fileOutput = null;
        }
        if (file != null) {
            Files.deleteIfExists(file);
            file = null;
        }
    }

    @Override
    public void close() {
        try {
            dropFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
