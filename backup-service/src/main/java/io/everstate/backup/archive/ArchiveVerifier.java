package io.everstate.backup.archive;

import io.everstate.backup.archive.Digests.Sums;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packing;
import io.everstate.contracts.wire.JsonFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole archive and compares everything with its manifest: number, order, names, types, sizes and check sums of the entries, the
 * documents around them, and the archive's own size and sums. Only what the manifest names is ever given on; devices, pipes, hard links and
 * names that it does not have end the reading, and so does an archive that unpacks to more than its manifest says. Of what the archives of other backups hold nothing is said here.
 */
public final class ArchiveVerifier {
    private final Packing packing;
    private final JsonFormat json;

    public ArchiveVerifier(Packing packing, JsonFormat json) {
        this.packing = packing;
        this.json = json;
    }

    /** Is offered each entry in turn; what it takes is complete and verified only when the verification has returned. */
    @FunctionalInterface
    public interface Receiver {
        /** @return where the content of this file goes, closed after it; {@link OutputStream#nullOutputStream()} for nowhere */
        OutputStream begin(Entry entry) throws IOException;
    }

    public static final Receiver NOWHERE = entry -> OutputStream.nullOutputStream();

    /**
     * @throws ArchiveCorruptException when anything differs
     * @throws NoKeyException when no key here opens it
     * @throws IOException when the receiver cannot take it
     */
    public void verify(InputStream stored, Manifest manifest, Receiver receiver) throws IOException {
        var archive = Objects.requireNonNull(manifest.archive(), "a manifest of a stored archive");
        var digests = new Digests();
        try (var input = new DigestingInputStream(stored, digests)) {
            entries(input, manifest, receiver);
            input.transferTo(OutputStream.nullOutputStream());
        }
        compare(digests.sums(), archive);
    }

    private void entries(InputStream input, Manifest manifest, Receiver receiver) throws IOException {
        var packed = new BufferedInputStream(new Unclosable(input), 1 << 16);
        try (var source = packing.unpack(packed);
                var ahead = new ReadAheadInputStream(source);
                var unpacked = new Allowance(ahead);
                var stream = new TarArchiveInputStream(unpacked, "UTF-8")) {
            var tar = new Tar(stream, unpacked);
            document(tar, BackupMetadata.NAME, document -> json.write(manifest.backup(), document));
            for (var entry : manifest.entries()) {
                if (entry.heldBy() == null) {
                    entry(tar, entry, receiver);
                }
            }
            if (manifest.chain() != null) {
                document(tar, Manifest.DELETED_NAME, DeletedFile.of(manifest.chain()));
            }
            document(tar, Manifest.SUMS_NAME, SumsFile.of(manifest.entries()));
            document(tar, Manifest.NAME, document -> json.write(manifest.within(), document));
            if (tar.next() != null) {
                throw new ArchiveCorruptException("the archive goes on after its manifest");
            }
        } catch (ReceiverException e) {
            throw e.reason;
        } catch (NoKeyException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveCorruptException("the archive cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private record Tar(TarArchiveInputStream stream, Allowance allowance) {
        @Nullable
        TarArchiveEntry next() throws IOException {
            allowance.forHeaders();
            return stream.getNextEntry();
        }

        TarArchiveInputStream content(long bytes) {
            allowance.forContent(bytes);
            return stream;
        }
    }

    private static void document(Tar tar, String name, Document expected) throws IOException {
        var found = tar.next();
        if (found == null) {
            throw new ArchiveCorruptException("the archive ends before " + name);
        }
        if (!found.getName().equals(name) || !isFile(found, name)) {
            throw new ArchiveCorruptException(
                    "the archive holds %s in the place of %s".formatted(found.getName(), name));
        }
        var content = new Expected(tar.stream(), tar.allowance(), name);
        expected.writeTo(content);
        content.end();
    }

    private static void entry(Tar tar, Entry expected, Receiver receiver) throws IOException {
        var found = tar.next();
        if (found == null) {
            throw new ArchiveCorruptException("the archive ends before " + expected.name());
        }
        compare(found, expected);
        if (expected.type() != EntryType.FILE) {
            begin(receiver, expected).close();
            return;
        }
        var digest = Digests.digest("SHA-256");
        var content = tar.content(expected.size());
        try (var target = begin(receiver, expected)) {
            var buffer = new byte[1 << 16];
            for (int count; (count = content.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, count);
                target.write(buffer, 0, count);
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(expected.sha256())) {
            throw new ArchiveCorruptException("the content of " + expected.name() + " is not what was written");
        }
    }

    private static OutputStream begin(Receiver receiver, Entry entry) throws ReceiverException {
        try {
            return new Received(receiver.begin(entry));
        } catch (IOException e) {
            throw new ReceiverException(e);
        }
    }

    private static void compare(TarArchiveEntry found, Entry expected) {
        var name = expected.type() == EntryType.DIRECTORY ? expected.name() + "/" : expected.name();
        if (!found.getName().equals(name)) {
            throw new ArchiveCorruptException(
                    "the archive holds %s where the manifest has %s".formatted(found.getName(), name));
        }
        var type = found.getLinkFlag();
        var same = switch (expected.type()) {
            case FILE -> isFile(found, name) && found.getSize() == expected.size();
            case DIRECTORY -> type == TarConstants.LF_DIR;
            case LINK -> type == TarConstants.LF_SYMLINK && found.getLinkName().equals(expected.linkTarget());
        };
        if (!same) {
            throw new ArchiveCorruptException(
                    "%s in the archive is not the %s that the manifest says".formatted(name, expected.type()));
        }
    }

    /** What the library calls a file may also be a device or a pipe. */
    private static boolean isFile(TarArchiveEntry found, String name) {
        return switch (found.getLinkFlag()) {
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM -> !found.isSparse();
            case TarConstants.LF_LINK -> throw refused(name, "a hard link to " + found.getLinkName());
            case TarConstants.LF_CHR, TarConstants.LF_BLK -> throw refused(name, "a device");
            case TarConstants.LF_FIFO -> throw refused(name, "a pipe");
            default -> false;
        };
    }

    private static ArchiveCorruptException refused(String name, String what) {
        return new ArchiveCorruptException("%s in the archive is %s".formatted(name, what));
    }

    static void compare(Sums found, Manifest.Archive expected) {
        if (found.bytes() != expected.bytes()) {
            throw new ArchiveCorruptException(
                    "the archive has %d bytes, %d were written".formatted(found.bytes(), expected.bytes()));
        }
        if (!found.sha256().equals(expected.sha256()) || !found.md5().equals(expected.md5())) {
            throw new ArchiveCorruptException("the archive's check sums are not those of what was written");
        }
    }

    /** A trouble of ours, as a full disk is: it says nothing about the archive. */
    private static final class ReceiverException extends IOException {
        private final IOException reason;

        ReceiverException(IOException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** Tells what the receiver throws from what reading the archive throws. */
    private static final class Received extends OutputStream {
        private final OutputStream target;

        Received(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            try {
                target.write(source, offset, length);
            } catch (IOException e) {
                throw new ReceiverException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                target.close();
            } catch (IOException e) {
                throw new ReceiverException(e);
            }
        }
    }
}
