package io.everstate.backup.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("BD15")
class AgeEncryptionTest {
    private static final String NAME = "archive.tar.zst.age";
    private static final int CHUNK = 1 << 16;

    @TempDir
    Path directory;

    private KeyPair first;
    private KeyPair second;
    private Path secretKey;

    @BeforeEach
    void makeKeys() throws NoSuchAlgorithmException, IOException {
        var generator = new X25519KeyPairGenerator();
        first = generator.generateKeyPair();
        second = generator.generateKeyPair();
        secretKey = Files.writeString(directory.resolve("key.txt"), "# created: today\n\n" + first.getPrivate() + "\n");
    }

    /** Writes for both, has no secret key. */
    private Packings writing() {
        return SamplePackings.encrypting(
                List.of(first.getPublic().toString(), second.getPublic().toString()), Optional.empty());
    }

    private Packings reading() {
        return SamplePackings.encrypting(List.of(), Optional.of(secretKey));
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 7})
    void decryptsWhatItEncrypted(int length) throws IOException {
        var content = content(length);

        var encrypted = encrypted(writing(), content);

        assertThat(decrypted(reading(), encrypted)).isEqualTo(content);
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 7})
    void isReadByTheStandardTool(int length) throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/age")).as("age on this machine").exists();
        var content = content(length);
        var file = Files.write(directory.resolve("encrypted.age"), encrypted(writing(), content));
        var other = Files.writeString(directory.resolve("other.txt"), second.getPrivate() + "\n");

        for (var key : List.of(secretKey, other)) {
            assertThat(tool("age", "-d", "-i", key.toString(), file.toString())).isEqualTo(content);
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 7})
    void readsWhatTheStandardToolWrote(int length) throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/age")).as("age on this machine").exists();
        var content = content(length);
        var file = Files.write(directory.resolve("plain"), content);

        var encrypted = tool("age", "-r", first.getPublic().toString(), file.toString());

        assertThat(decrypted(reading(), encrypted)).isEqualTo(content);
    }

    private static byte[] tool(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    /** Without any secret key in the configuration. */
    @Test
    void whoTakesAnArchiveReadsItBack() throws IOException {
        var packing = writing().toTake(NAME);
        var bytes = new ByteArrayOutputStream();
        try (var target = packing.pack(bytes)) {
            target.write(content(200_000));
        }

        try (var unpacked = packing.unpack(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(content(200_000));
        }
        assertThatThrownBy(() -> writing().toTake(NAME).unpack(new ByteArrayInputStream(bytes.toByteArray())))
                .as("the next one has another key")
                .isInstanceOf(NoKeyException.class);
    }

    @Test
    void saysThatThereIsNoKey() {
        assertThatThrownBy(() -> decrypted(writing(), encrypted(writing(), content(10))))
                .isInstanceOf(NoKeyException.class)
                .hasMessageContaining("everstate.archive.identity-file");
    }

    @Test
    void saysThatItIsForOthers() throws IOException, NoSuchAlgorithmException {
        var stranger = new X25519KeyPairGenerator().generateKeyPair();
        var encrypted = encrypted(
                SamplePackings.encrypting(List.of(stranger.getPublic().toString()), Optional.empty()), content(10));

        assertThatThrownBy(() -> decrypted(reading(), encrypted))
                .isInstanceOf(NoKeyException.class)
                .hasMessageContaining("for others");
    }

    @Test
    void encryptsForNobodyByItself() {
        assertThatThrownBy(() -> reading().toTake(NAME))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("everstate.archive.recipients");
    }

    @Test
    void refusesEveryFlippedByte() throws IOException {
        var encrypted = encrypted(writing(), content(300));
        for (var position = 0; position < encrypted.length; position++) {
            var damaged = encrypted.clone();
            damaged[position] ^= 0x01;

            assertThatThrownBy(() -> decrypted(reading(), damaged))
                    .as("byte %d of %d", position, encrypted.length)
                    .isInstanceOf(IOException.class);
        }
    }

    /** The end is authenticated: what is missing of it is noticed, also where a chunk ends. */
    @Test
    void refusesWhatWasCut() throws IOException {
        var encrypted = encrypted(writing(), content(3 * CHUNK));
        var chunk = CHUNK + 16;
        for (var length : List.of(
                10,
                encrypted.length - 1,
                encrypted.length - 16,
                encrypted.length - chunk,
                encrypted.length - 2 * chunk)) {
            assertThatThrownBy(() -> decrypted(reading(), Arrays.copyOf(encrypted, length)))
                    .as("%d of %d", length, encrypted.length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsNothingOfASecretKeyThatStandsAmongTheRecipients() {
        var recipients =
                List.of(first.getPublic().toString(), second.getPrivate().toString());

        assertThatThrownBy(() -> SamplePackings.encrypting(recipients, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("everstate.archive.recipients: number 2")
                .hasMessageNotContaining("SECRET-KEY")
                .hasNoCause();
    }

    @Test
    void tellsNothingOfASecretKeyThatIsNone() throws IOException {
        var secret = first.getPrivate().toString().replace('Q', 'P');
        var file = Files.writeString(directory.resolve("broken.txt"), "# mine\n" + secret + "x\n");

        assertThatThrownBy(() -> SamplePackings.encrypting(List.of(), Optional.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2 of " + file)
                .hasNoCause()
                .hasMessageNotContaining("SECRET-KEY");
    }

    private static byte[] content(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] encrypted(Packings packings, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var target = packings.chosen().encryption().encrypt(bytes)) {
            target.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] decrypted(Packings packings, byte[] encrypted) throws IOException {
        try (var plain = packings.of(NAME).encryption().decrypt(new ByteArrayInputStream(encrypted))) {
            return plain.readAllBytes();
        }
    }
}
