package io.everstate.bot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStorage} does. */
interface ObjectStorageContract {
    ObjectStorage storage();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 16, 12 << 20})
    default void givesBackWhatItWasGiven(int size) throws IOException {
        var name = name();
        var content = content(size);

        put(name, content);

        assertThat(storage().find(name)).hasValueSatisfying(found -> {
            assertThat(found.bytes()).isEqualTo(size);
            assertThat(found.modified())
                    .isBetween(
                            Instant.now().minus(Duration.ofMinutes(5)),
                            Instant.now().plus(Duration.ofMinutes(5)));
        });
        assertThat(read(name)).isEqualTo(content);
    }

    @Test
    default void knowsWhatItDoesNotHave() throws IOException {
        put(name(), content(1));
        var name = name();

        assertThat(storage().find(name)).isEmpty();
        assertThat(storage().read(name, new ByteArrayOutputStream())).isFalse();
    }

    @Test
    default void replacesWhatIsThere() throws IOException {
        var name = name();
        put(name, content(5));

        put(name, content(3));

        assertThat(read(name)).isEqualTo(content(3));
    }

    @Test
    default void deletesOnceAndAgain() throws IOException {
        var name = name();
        put(name, content(5));

        storage().delete(name);
        storage().delete(name);

        assertThat(storage().find(name)).isEmpty();
    }

    @Test
    default void listsByTheNamesBeginningInTheirOrder() throws IOException {
        var prefix = name() + "/";
        for (var name : List.of("b/2", "a/1", "b/1")) {
            put(prefix + name, content(2));
        }
        put(name(), content(2));
        var names = new ArrayList<String>();

        storage().list(prefix, found -> names.add(found.name()));

        assertThat(names).containsExactly(prefix + "a/1", prefix + "b/1", prefix + "b/2");
    }

    private void put(String name, byte[] content) throws IOException {
        var path = Files.createTempFile(Files.createDirectories(Path.of("target/directories")), "object", ".bin");
        Files.write(path, content);
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            storage().put(name, file, sha256(content));
        } finally {
            Files.delete(path);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] read(String name) throws IOException {
        var target = new ByteArrayOutputStream();
        assertThat(storage().read(name, target)).isTrue();
        return target.toByteArray();
    }

    private static String name() {
        return "contract/" + UUID.randomUUID();
    }

    private static byte[] content(int size) {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
