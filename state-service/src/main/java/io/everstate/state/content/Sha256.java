package io.everstate.state.content;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

public final class Sha256 {
    private Sha256() {}

    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** In hexadecimal. */
    public static String of(byte[] bytes) {
        return end(begin(), bytes);
    }

    /** 32 of them. */
    public static byte[] bytes(byte[] hashed) {
        return begin().digest(hashed);
    }

    static String end(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String end(MessageDigest digest, byte[] last) {
        digest.update(last);
        return end(digest);
    }
}
