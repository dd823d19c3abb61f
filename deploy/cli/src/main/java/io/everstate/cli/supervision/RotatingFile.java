package io.everstate.cli.supervision;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A log that never grows beyond about {@code maxBytes}: then it becomes {@code name.1}, what was {@code name.1} becomes {@code name.2},
 * and so on up to {@code kept}. It is cut between lines, unless a single line is longer than two files may be. Not thread-safe.
 */
final class RotatingFile implements AutoCloseable {

    static final long MAX_BYTES = 10L << 20;
    static final int KEPT = 5;

    private final Path file;
    private final long maxBytes;
    private final int kept;
    private OutputStream out;
    private long size;
    private boolean atLineStart = true;

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
        int end = offset + length;
        for (int from = offset; from < end; ) {
            int next = endOfLine(bytes, from, end);
            boolean fits = size + next - from <= maxBytes;
            if ((!fits && size > 0 && atLineStart) || size >= 2 * maxBytes) {
                rotate();
            }
            out.write(bytes, from, next - from);
            size += next - from;
            atLineStart = bytes[next - 1] == '\n';
            from = next;
        }
    }

    private static int endOfLine(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return end;
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
