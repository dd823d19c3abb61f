package io.everstate.cli.supervision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotatingFileTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    @Tag("BD21")
    void keepsTheNewestLinesInNumberedFilesOfBoundedSize() throws IOException {
        try (var file = new RotatingFile(log(), 20, 2)) {
            for (int line = 0; line < 10; line++) {
                write(file, "line " + line + " abc\n");
            }
        }

        assertThat(Files.readString(log())).isEqualTo("line 9 abc\n");
        assertThat(Files.readString(numbered(1))).isEqualTo("line 8 abc\n");
        assertThat(Files.readString(numbered(2))).isEqualTo("line 7 abc\n");
        assertThat(numbered(3)).doesNotExist();
    }

    @Test
    void goesOnBehindWhatAnEarlierProcessWrote() throws IOException {
        Files.writeString(log(), "before\n");

        try (var file = new RotatingFile(log(), 1_000, 2)) {
            write(file, "after\n");
        }

        assertThat(log()).hasContent("before\nafter\n");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void losesAndTearsNoLineHoweverTheOutputIsChopped(long seed) throws IOException {
        var random = new Random(seed);
        var lines = IntStream.range(0, 300)
                .mapToObj(number -> number + " " + "x".repeat(random.nextInt(40)) + "\n")
                .toList();
        var bytes = String.join("", lines).getBytes(UTF_8);

        try (var file = new RotatingFile(log(), 100, 1_000)) {
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(1 + random.nextInt(250), bytes.length - from);
                file.write(bytes, from, length);
                from += length;
            }
        }

        assertThat(oldestFirst())
                .containsExactlyElementsOf(lines.stream().map(String::strip).toList());
    }

    private List<String> oldestFirst() throws IOException {
        var all = new ArrayList<String>();
        try (Stream<Path> files = Files.list(directory)) {
            for (long number = files.count() - 1; number >= 1; number--) {
                all.addAll(Files.readAllLines(numbered(number)));
            }
        }
        all.addAll(Files.readAllLines(log()));
        return all.stream().map(String::strip).toList();
    }

    private Path log() {
        return directory.resolve("a.log");
    }

    private Path numbered(long number) {
        return directory.resolve("a.log." + number);
    }

    private static void write(RotatingFile file, String text) throws IOException {
        file.write(text.getBytes(UTF_8), 0, text.length());
    }
}
