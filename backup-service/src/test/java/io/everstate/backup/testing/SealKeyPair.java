package io.everstate.backup.testing;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** An Ed25519 key pair as OpenSSL writes one. */
public record SealKeyPair(String privatePem, String publicPem) {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    public static SealKeyPair anew() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SealKeyPair(
                    pem("PRIVATE", pair.getPrivate().getEncoded()),
                    pem("PUBLIC", pair.getPublic().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] key) {
        return "-----BEGIN %s KEY-----\n%s\n-----END %s KEY-----\n".formatted(kind, LINES.encodeToString(key), kind);
    }

    /** The text between the lines, as a setting of one line has it. */
    public String publicLine() {
        return publicPem
                .lines()
                .filter(line -> !line.startsWith("-"))
                .findFirst()
                .orElseThrow();
    }
}
