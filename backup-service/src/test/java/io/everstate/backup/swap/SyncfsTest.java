package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncfsTest {
    private static final int BAD_DESCRIPTOR = 9;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "Linux, 5.8.0-63-generic, true",
        "Linux, 6.18.44, true",
        "Linux, 10.0, true",
        "Linux, 5.7.19, false",
        "Linux, 4.18.0-553.el8, false",
        "Linux, unknown, false",
        "Mac OS X, 24.1, false"
    })
    void isUsedWhereItReportsErrors(String system, String release, boolean expected) {
        assertThat(Syncfs.reportsErrors(system, release)).isEqualTo(expected);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "syncfs is a call of Linux")
    void callsTheSystemAndSeesItsErrors() {
        var calls = SystemCalls.find().orElseThrow();

        var descriptor = calls.open(directory);

        assertThat(calls.syncfs(descriptor)).isZero();
        calls.close(descriptor);
        assertThat(calls.syncfs(-1)).isEqualTo(BAD_DESCRIPTOR);
        assertThat(calls.open(directory.resolve("missing"))).isNegative();
    }

    @Test
    void coversItsOwnFileSystemAndNoOther() throws IOException {
        try (var flush = Syncfs.of(directory)) {
            assumeTrue(!flush.equals(Flush.NONE), "temporary files lie where syncfs cannot be relied on");
            var file = Files.writeString(directory.resolve("file"), "content");

            flush.now();

            assertThat(flush.covers(file)).isTrue();
            assertThat(flush.covers(Path.of("/proc/version"))).isFalse();
        }
    }

    /** Whatever takes a name for a file system's is no reason to lose a file. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc is Linux's")
    void isNotUsedWhereItForcesNothing() throws IOException {
        assertThat(Syncfs.of(Path.of("/proc"))).isSameAs(Flush.NONE);
    }
}
