package io.everstate.backup.seal.key;

import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** The key pair that signs. Thread-safe. */
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";

    private final KeyPair pair;
    private final String id;

    private SigningKey(KeyPair pair) {
        this.pair = pair;
        this.id = KeyId.of(pair.getPublic());
    }

    /**
     * @param encoded the private key as PKCS #8
     *
     * @throws GeneralSecurityException when it is none of Ed25519
     */
    static SigningKey of(byte[] encoded) throws GeneralSecurityException {
        if (KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded))
                        instanceof EdECPrivateKey secret
                && secret.getBytes().isPresent()) {
            var generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(
                    NamedParameterSpec.ED25519, new Seed(secret.getBytes().get()));
            return new SigningKey(new KeyPair(generator.generateKeyPair().getPublic(), secret)).checked();
        }
        throw new GeneralSecurityException("no private key of Ed25519");
    }

    /** The JDK derives a public key only while it makes a pair: this has it make the pair of a secret that is there already. */
    private static final class Seed extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1;

        private final byte[] secret;

        private Seed(byte[] secret) {
            this.secret = secret;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(secret, 0, target, 0, target.length);
        }
    }

    private SigningKey checked() throws GeneralSecurityException {
        var check = ALGORITHM.getBytes(StandardCharsets.US_ASCII);
        if (!verifies(publicKey(), check, sign(check))) {
            throw new GeneralSecurityException("the public key is not that of the private one");
        }
        return this;
    }

    PublicKey publicKey() {
        return pair.getPublic();
    }

    public String id() {
        return id;
    }

    public byte[] sign(byte[] content) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(pair.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is no signature at all is not one of these bytes either. */
    static boolean verifies(PublicKey key, byte[] content, byte[] signed) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
