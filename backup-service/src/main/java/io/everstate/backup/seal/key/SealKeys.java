package io.everstate.backup.seal.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key that signs here, if there is one, and the public keys whose signatures count. No message holds a key. */
public final class SealKeys {
    private static final String PREFIX = "everstate.seals.";

    private final Optional<SigningKey> own;
    private final Map<String, PublicKey> trusted = new HashMap<>();

    private SealKeys(Optional<SigningKey> own) {
        this.own = own;
        own.ifPresent(key -> trusted.put(key.id(), key.publicKey()));
    }

    /**
     * @param file of a private key, PKCS #8 in PEM
     * @param text the same itself, its lines between the first and the last one suffice
     * @param others public keys in their X.509 form, as PEM or its lines between
     *
     * @throws IllegalArgumentException naming the configuration's key, when a value is none
     */
    public static SealKeys of(Optional<Path> file, Optional<String> text, List<String> others) {
        if (file.isPresent() && text.isPresent()) {
            throw new IllegalArgumentException(PREFIX + "key-file and " + PREFIX + "key are both given");
        }
        var own = file.map(SealKeys::read).map(pem -> signing("key-file", pem));
        var keys = new SealKeys(own.or(() -> text.map(pem -> signing("key", pem))));
        for (var number = 1; number <= others.size(); number++) {
            keys.trust(number, others.get(number - 1));
        }
        return keys;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalArgumentException("%skey-file: %s cannot be read".formatted(PREFIX, file), e);
        }
    }

    /** Without its cause, which may show what the key is. */
    private static SigningKey signing(String name, String pem) {
        try {
            return SigningKey.of(decoded(pem));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new IllegalArgumentException(PREFIX + name + " is no Ed25519 private key (PKCS #8, PEM)");
        }
    }

    private void trust(int number, String pem) {
        try {
            var key = KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(decoded(pem)));
            trusted.put(KeyId.of(key), key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%strusted-keys: number %d is no Ed25519 public key (X.509, PEM)".formatted(PREFIX, number), e);
        }
    }

    private static byte[] decoded(String pem) {
        return Base64.getDecoder()
                .decode(pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
    }

    public Optional<SigningKey> own() {
        return own;
    }

    /** Whether any signature counts here: what nobody signed does not, then. */
    public boolean any() {
        return !trusted.isEmpty();
    }

    /** Whether a text is what keys are told apart by, of whatever key. */
    public static boolean isId(String text) {
        return KeyId.isOne(text);
    }

    public boolean trusts(String keyId) {
        return trusted.containsKey(keyId);
    }

    /** @return whether that key, which must be trusted, signed these bytes */
    public boolean verifies(String keyId, byte[] content, byte[] signature) {
        var key = trusted.get(keyId);
        return key != null && SigningKey.verifies(key, content, signature);
    }
}
