package io.everstate.cli.supervision;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A log that never grows beyond about {@code maxBytes}: then it becomes {@code name.1}, what was {@code name.1} becomes {@code name.2},
 * and so on up to {@code kept}. It is cut between lines, unless a single line is longer than the file may be. Not thread-safe.
 */
final class RotatingFile implements AutoCloseable {

    static final long MAX_BYTES = 10L << 20;
    static final int KEPT = 5;

    private final Path file;
    private final long maxBytes;
    private final int kept;
    private OutputStream out;
    private long size;

    RotatingFile(Path file, long maxBytes, int kept) throws IOException {
        this.file = file;
        this.maxBytes = maxBytes;
        this.kept = kept;
        this.out = open();
    }

    static RotatingFile on(Path file) throws IOException {
        return new RotatingFile(file, MAX_BYTES, KEPT);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int rest = length;
        int from = offset;
        while (size + rest > maxBytes) {
            int line = endOfLine(bytes, from, rest);
            if (line < 0 && size < maxBytes) {
                break;
            }
            int head = Math.max(line, 0);
            append(bytes, from, head);
            rotate();
            from += head;
            rest -= head;
        }
        append(bytes, from, rest);
    }

    /** Bytes up to and with the last line's end that still fits, or with the first one if none fits; -1 if there is none. */
    private int endOfLine(byte[] bytes, int from, int length) {
        int found = -1;
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != '\n') {
                continue;
            }
            if (found >= 0 && size + i + 1 > maxBytes) {
                break;
            }
            found = i + 1;
        }
        return found;
    }

    private void append(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        size += length;
    }

    private OutputStream open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        OutputStream opened = new FileOutputStream(file.toFile(), true);
        size = Files.size(file);
        return opened;
    }

    private void rotate() throws IOException {
        out.close();
        for (int number = kept - 1; number >= 1; number--) {
            if (Files.exists(numbered(number))) {
                Files.move(numbered(number), numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        out = open();
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
