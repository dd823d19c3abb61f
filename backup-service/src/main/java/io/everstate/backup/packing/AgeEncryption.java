package io.everstate.backup.packing;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.List;

/** age (age-encryption.org/v1) for X25519 recipients: chunks of 64 KiB, each authenticated, and the last one known as the last. */
final class AgeEncryption implements Encryption {
    static final String SUFFIX = ".age";

    private final List<RecipientStanzaWriter> recipients;
    private final List<RecipientStanzaReader> identities;

    AgeEncryption(List<RecipientStanzaWriter> recipients, List<RecipientStanzaReader> identities) {
        this.recipients = List.copyOf(recipients);
        this.identities = List.copyOf(identities);
    }

    @Override
    public String suffix() {
        return SUFFIX;
    }

    @Override
    public OutputStream encrypt(OutputStream target) throws IOException {
        try {
            var channel = new StandardEncryptingChannelFactory()
                    .newEncryptingChannel(Channels.newChannel(target), recipients);
            return Channels.newOutputStream(channel);
        } catch (GeneralSecurityException e) {
            throw new IOException("the archive cannot be encrypted: " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream decrypt(InputStream encrypted) throws IOException {
        if (identities.isEmpty()) {
            throw new NoKeyException(
                    "it is encrypted, and there is no key here: everstate.archive.identity-file names one");
        }
        try {
            var channel = new StandardDecryptingChannelFactory()
                    .newDecryptingChannel(Channels.newChannel(encrypted), identities);
            return new ChannelInputStream(channel);
        } catch (UnsupportedRecipientStanzaException e) {
            throw new NoKeyException("it is encrypted for others than the keys of everstate.archive.identity-file");
        } catch (GeneralSecurityException e) {
            throw new IOException("it cannot be decrypted: " + e.getMessage(), e);
        }
    }
}
