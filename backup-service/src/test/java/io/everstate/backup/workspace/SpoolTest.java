package io.everstate.backup.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 1 << 16, (1 << 16) + 1, 2 << 20, (2 << 20) + 1, 5_000_000})
    void givesBackWhatItWasGiven(int size) throws IOException, NoSuchAlgorithmException {
        var written = new byte[size];
        new Random(size).nextBytes(written);

        try (var spool = new Spool(directory.resolve("spool"))) {
            for (var from = 0; from < size; from += 700_000) {
                spool.write(written, from, Math.min(700_000, size - from));
            }

            assertThat(spool.size()).isEqualTo(size);
            assertThat(spool.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(written)));
            try (var input = spool.open()) {
                assertThat(input.readAllBytes()).isEqualTo(written);
            }
        }
    }

    /** A process that is killed can remove nothing any more. */
    @Test
    void hasNoFileThatTheEndOfTheProcessCouldLeaveBehind() throws IOException {
        try (var spool = new Spool(directory)) {
            spool.write(new byte[3 << 20]);

            try (var left = Files.list(directory)) {
                assertThat(left).isEmpty();
            }
            assertThat(spool.open().readAllBytes()).hasSize(3 << 20);
        }
    }

    @Test
    void canBeResetAndClosedAfterItsDirectoryFailed() throws IOException {
        var inTheWay = Files.writeString(directory.resolve("file"), "");
        try (var spool = new Spool(inTheWay)) {
            assertThatThrownBy(() -> spool.write(new byte[3 << 20])).isInstanceOf(SpoolException.class);

            spool.reset();
            spool.write(new byte[3]);

            assertThat(spool.open().readAllBytes()).hasSize(3);
        }
    }

    @Test
    void leavesNoFileBehind() throws IOException {
        try (var spool = new Spool(directory)) {
            spool.write(new byte[3 << 20]);
            spool.reset();
            spool.write(new byte[3 << 20]);
        }

        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
