package io.everstate.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What can be said of an archive that cannot be unpacked here: whether its bytes are those that were written. */
public final class ArchiveSums {
    private ArchiveSums() {}

    /** @throws ArchiveCorruptException when they are others */
    public static void verify(InputStream stored, Manifest.Archive expected) throws IOException {
        var digests = new Digests();
        try (var input = new DigestingInputStream(stored, digests)) {
            input.transferTo(OutputStream.nullOutputStream());
        }
        ArchiveVerifier.compare(digests.sums(), expected);
    }
}
