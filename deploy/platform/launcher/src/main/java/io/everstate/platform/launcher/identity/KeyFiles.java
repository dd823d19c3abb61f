package io.everstate.platform.launcher.identity;

import io.everstate.platform.launcher.files.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/**
 * An RSA key pair as PEM files. The private key is the only truth: the public file is derived from it at each start, so
 * the two cannot differ whatever was lost or copied.
 */
record KeyFiles(Path publicKeyFile, KeyPair pair) {

    private static final int BITS = 2048;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    static KeyFiles in(Path directory) {
        Path privateFile = directory.resolve("private-key.pem");
        Path publicFile = directory.resolve("public-key.pem").toAbsolutePath();
        try {
            if (!Files.exists(privateFile)) {
                OwnerOnlyFile.write(privateFile, pem("PRIVATE KEY", generate()));
            }
            KeyPair pair = pair(body(Files.readString(privateFile)));
            OwnerOnlyFile.write(publicFile, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            return new KeyFiles(publicFile, pair);
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            throw new IllegalArgumentException(privateFile + " does not hold an RSA private key (PKCS #8, PEM)", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + privateFile, e);
        }
    }

    PrivateKey privateKey() {
        return pair.getPrivate();
    }

    PublicKey publicKey() {
        return pair.getPublic();
    }

    private static byte[] generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        return generator.generateKeyPair().getPrivate().getEncoded();
    }

    private static KeyPair pair(byte[] encodedPrivateKey) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(encodedPrivateKey));
        return new KeyPair(
                factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())), key);
    }

    private static String pem(String type, byte[] encoded) {
        String text = new String(LINES.encode(encoded), StandardCharsets.US_ASCII);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    private static byte[] body(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    @Override
    public String toString() {
        return "KeyFiles[" + publicKeyFile + "]";
    }
}
