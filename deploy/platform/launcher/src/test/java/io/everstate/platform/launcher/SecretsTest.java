package io.everstate.platform.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path directory;

    @Test
    void areTheSameAtEachStart() {
        Secrets first = Secrets.in(directory);

        assertThat(Secrets.in(directory)).isEqualTo(first);
    }

    @Test
    void areDifferentEverywhere(@TempDir Path elsewhere) {
        assertThat(Secrets.in(directory)).isNotEqualTo(Secrets.in(elsewhere));
    }

    @Test
    void areReadableByTheirOwnerOnly() throws IOException {
        Secrets.in(directory);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("platform-secrets"))))
                .isEqualTo("rw-------");
    }

    @Test
    void doNotAppearInText() {
        Secrets secrets = Secrets.generate();

        assertThat(secrets.toString()).doesNotContain(secrets.postgresPassword(), secrets.s3SecretKey());
    }

    @Test
    void sayWhichFileIsDamaged() throws IOException {
        Files.writeString(directory.resolve("platform-secrets"), "only-one\n");

        assertThatThrownBy(() -> Secrets.in(directory))
                .isInstanceOf(PlatformException.class)
                .hasMessageStartingWith(directory.resolve("platform-secrets").toString());
    }
}
