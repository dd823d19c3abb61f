package io.everstate.backup.swap;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.workspace.FileTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Compares what is in a place with what an entry says. */
public final class Content {
    private Content() {}

    public static boolean isOf(Path place, Entry entry) throws IOException {
        if (entry.type() == EntryType.LINK) {
            return Files.isSymbolicLink(place)
                    && Files.readSymbolicLink(place).toString().equals(entry.linkTarget());
        }
        return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                && Files.size(place) == entry.size()
                && sha256(place).equals(entry.sha256());
    }

    private static String sha256(Path file) throws IOException {
        try (var _ = FileTurn.of(file);
                var output = new DigestOutputStream(
                        java.io.OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            Files.copy(file, output);
            return HexFormat.of().formatHex(output.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
