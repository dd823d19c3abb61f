package io.everstate.backup.seal.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What keys are told apart by. */
final class KeyId {
    private static final int LENGTH = 16;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + LENGTH + "}");

    private KeyId() {}

    /** Anybody may have written what is read as one. */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** The beginning of the SHA-256 of its X.509 form: {@code openssl pkey -pubin -outform DER | sha256sum | head -c 16}. */
    static String of(PublicKey key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
