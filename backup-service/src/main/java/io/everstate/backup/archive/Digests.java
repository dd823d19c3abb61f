package io.everstate.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, MD5 and the number of the bytes that pass. MD5 is there because people's tools show it; only SHA-256 is relied on. */
public final class Digests {
    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest md5 = digest("MD5");
    private long bytes;

    /** Final values, in hexadecimal. */
    public record Sums(long bytes, String sha256, String md5) {}

    Digests() {}

    /** Of all that comes. */
    public static Sums of(InputStream input) throws IOException {
        var digests = new Digests();
        var buffer = new byte[1 << 16];
        for (int count; (count = input.read(buffer)) >= 0; ) {
            digests.update(buffer, 0, count);
        }
        return digests.sums();
    }

    void update(byte[] source, int offset, int length) {
        sha256.update(source, offset, length);
        md5.update(source, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    Sums sums() {
        return new Sums(
                bytes, HexFormat.of().formatHex(sha256.digest()), HexFormat.of().formatHex(md5.digest()));
    }

    /** In hexadecimal. */
    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(content));
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
