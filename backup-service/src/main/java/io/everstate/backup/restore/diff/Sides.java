package io.everstate.backup.restore.diff;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.FileAttributes.FileType;
import io.everstate.backup.workspace.FileTurn;
import io.everstate.contracts.backup.RestoreDifference.Side;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two sides of a difference, in the same terms. */
final class Sides {
    /** A restore never sets set-user-id, set-group-id and sticky. */
    private static final int PERMISSIONS = 0777;

    private Sides() {}

    static Side restored(Entry entry) {
        return new Side(
                entry.type().name(),
                entry.type() == EntryType.FILE ? entry.size() : 0,
                entry.sha256(),
                entry.linkTarget(),
                entry.type() == EntryType.LINK ? null : octal(entry.modeBits()));
    }

    /** Empty when nothing is there. A file is read to its end, and has no check sum when it may not be read. */
    static Optional<Side> present(Path place) throws IOException {
        try {
            var attributes = FileAttributes.of(place);
            return Optional.of(side(place, attributes, attributes.type() == FileType.FILE ? findSha256(place) : null));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The same without reading it. */
    static Optional<Side> unread(Path place) throws IOException {
        try {
            return Optional.of(side(place, FileAttributes.of(place), null));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Side side(Path place, FileAttributes attributes, @Nullable String sha256) throws IOException {
        var link = attributes.type() == FileType.LINK;
        return new Side(
                attributes.type().name(),
                attributes.type() == FileType.FILE ? attributes.size() : 0,
                sha256,
                link ? Files.readSymbolicLink(place).toString() : null,
                link ? null : octal(attributes.mode()));
    }

    private static String octal(int mode) {
        return Integer.toOctalString(mode & PERMISSIONS);
    }

    private static @Nullable String findSha256(Path file) throws IOException {
        try (var _ = FileTurn.of(file);
                var output = new DigestOutputStream(OutputStream.nullOutputStream(), sha256())) {
            Files.copy(file, output);
            return HexFormat.of().formatHex(output.getMessageDigest().digest());
        } catch (AccessDeniedException e) {
            return null;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
