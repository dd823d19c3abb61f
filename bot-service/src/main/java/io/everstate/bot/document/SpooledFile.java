package io.everstate.bot.document;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Bytes on their way between a bot and the storage, which no memory has to hold, and their SHA-256. The file has no name: it is gone when it
 * is closed, and when the process is killed as well.
 */
final class SpooledFile implements AutoCloseable {
    private final RandomAccessFile file;
    private final MessageDigest digest = DocumentStore.digest();
    private final OutputStream sink;

    private SpooledFile(RandomAccessFile file) {
        this.file = file;
        this.sink = new DigestOutputStream(Channels.newOutputStream(file.getChannel()), digest);
    }

    /** @throws ProblemException UNAVAILABLE when the disk does not take it */
    static SpooledFile in(Path directory) {
        try {
            var path = Files.createTempFile(Files.createDirectories(directory), "document", ".spool");
            try {
                return new SpooledFile(new RandomAccessFile(path.toFile(), "rw"));
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw disk(e);
        }
    }

    static ProblemException disk(IOException e) {
        return new ProblemException(
                ProblemType.UNAVAILABLE,
                "there is no place on the disk for the document: "
                        + e.getClass().getSimpleName(),
                e);
    }

    /** Where its bytes are written to, once. */
    OutputStream sink() {
        return sink;
    }

    long size() throws IOException {
        return file.length();
    }

    RandomAccessFile file() {
        return file;
    }

    /** Of all that was written; to be asked once, behind the last byte. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The bytes from the first on; closing it closes the file. */
    InputStream content() throws IOException {
        file.seek(0);
        return Channels.newInputStream(file.getChannel());
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw disk(e);
        }
    }
}
