package io.everstate.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Compares what is written to it with what a source gives, a piece at a time. */
final class Expected extends OutputStream {
    private final InputStream found;
    private final Allowance allowance;
    private final String name;

    /**
     * @param allowance of the source
     * @param name of what is compared
     */
    Expected(InputStream found, Allowance allowance, String name) {
        this.found = found;
        this.allowance = allowance;
        this.name = name;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** @throws ArchiveCorruptException at the first byte that is another one */
    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        allowance.forContent(length);
        if (!Arrays.equals(found.readNBytes(length), 0, length, source, offset, offset + length)) {
            throw different();
        }
    }

    /** @throws ArchiveCorruptException when the source goes on */
    void end() throws IOException {
        if (found.read() >= 0) {
            throw different();
        }
    }

    private ArchiveCorruptException different() {
        return new ArchiveCorruptException(name + " in the archive is not what the manifest says");
    }
}
