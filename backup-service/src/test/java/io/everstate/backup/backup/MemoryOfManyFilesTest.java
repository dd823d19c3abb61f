package io.everstate.backup.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, whose heap is far smaller than the entries of its files are as objects, and than the texts that name all of them. */
class MemoryOfManyFilesTest {
    private static final int FILES = 15_000;
    private static final String HEAP = "-Xmx24m";

    @TempDir
    Path directory;

    @Test
    void takesAndReadsBackManyFilesInASmallHeap() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyFiles.class.getName(),
                        directory.toString(),
                        String.valueOf(FILES))
                .redirectErrorStream(true)
                .start();

        var said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("%d files, %d held, [workspace/0/1] deleted".formatted(FILES - 1, FILES - 2));
    }
}
