package io.everstate.backup.packing;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The configured keys, looked at when the service starts. No message of an error holds a secret one. */
final class AgeKeys {
    private final List<RecipientStanzaWriter> recipients;
    private final List<RecipientStanzaReader> identities;

    private AgeKeys(List<RecipientStanzaWriter> recipients, List<RecipientStanzaReader> identities) {
        this.recipients = recipients;
        this.identities = identities;
    }

    /** @throws IllegalArgumentException naming the configuration's key, when a value is none */
    static AgeKeys of(PackingConfiguration configuration) {
        return new AgeKeys(
                recipients(configuration.recipients().orElse(List.of())),
                configuration.identityFile().map(AgeKeys::identities).orElse(List.of()));
    }

    private static List<RecipientStanzaWriter> recipients(List<String> encoded) {
        var found = new ArrayList<RecipientStanzaWriter>();
        for (var number = 1; number <= encoded.size(); number++) {
            found.add(recipient(encoded.get(number - 1), number));
        }
        return List.copyOf(found);
    }

    /** Somebody may have given the secret key instead. */
    private static RecipientStanzaWriter recipient(String encoded, int number) {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(encoded);
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    "everstate.archive.recipients: number %d is no public key of age (age1...)".formatted(number));
        }
    }

    private static List<RecipientStanzaReader> identities(Path file) {
        try {
            var found = new ArrayList<RecipientStanzaReader>();
            var lines = Files.readAllLines(file);
            for (var number = 1; number <= lines.size(); number++) {
                var line = lines.get(number - 1).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    found.add(identity(line, file, number));
                }
            }
            return List.copyOf(found);
        } catch (IOException e) {
            throw new IllegalArgumentException("everstate.archive.identity-file: %s cannot be read".formatted(file), e);
        }
    }

    /** The library's own message may hold what it was given. */
    private static RecipientStanzaReader identity(String encoded, Path file, int line) {
        try {
            return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(encoded);
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    "everstate.archive.identity-file: line %d of %s is no secret key of age".formatted(line, file));
        }
    }

    boolean encrypts() {
        return !recipients.isEmpty();
    }

    boolean decrypts() {
        return !identities.isEmpty();
    }

    /** For who restores: it reads with the keys that are configured here. */
    Encryption encryption() {
        return new AgeEncryption(recipients, identities);
    }

    /**
     * For one archive, which has to be read back by a service that has public keys only: it is for one more recipient, a key that only this
     * process knows, and only as long as it takes the backup.
     *
     * @throws IOException when there is no recipient who could ever read it again
     */
    Encryption readableByItsTaker() throws IOException {
        if (recipients.isEmpty()) {
            throw new IOException("it was to be encrypted, and everstate.archive.recipients names nobody any more");
        }
        try {
            var pair = new X25519KeyPairGenerator().generateKeyPair();
            var taker = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(
                    pair.getPublic().toString());
            var reader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
                    pair.getPrivate().toString());
            return new AgeEncryption(
                    Stream.concat(recipients.stream(), Stream.of(taker)).toList(), List.of(reader));
        } catch (GeneralSecurityException e) {
            throw new IOException("no key could be made: " + e.getMessage(), e);
        }
    }
}
