package io.everstate.platform.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedDirectoryTest {

    @TempDir
    Path parent;

    private Path finished;

    @BeforeEach
    void choosePlace() {
        finished = parent.resolve("thing");
    }

    @Test
    void appearsOnlyWhenItIsFinished() throws IOException {
        try (UnfinishedDirectory attempt = UnfinishedDirectory.of(finished)) {
            Files.writeString(attempt.path().resolve("file"), "content");
            assertThat(finished).doesNotExist();

            assertThat(attempt.finish()).isTrue();
        }
        assertThat(finished.resolve("file")).hasContent("content");
    }

    @Test
    void leavesNothingWhenItIsGivenUp() throws IOException {
        try (UnfinishedDirectory attempt = UnfinishedDirectory.of(finished)) {
            Files.writeString(attempt.path().resolve("file"), "half");
        }

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void leavesTheFirstOfTwoThatFinish() throws IOException {
        try (UnfinishedDirectory first = UnfinishedDirectory.of(finished);
                UnfinishedDirectory second = UnfinishedDirectory.of(finished)) {
            Files.writeString(first.path().resolve("file"), "first");
            Files.writeString(second.path().resolve("file"), "second");
            first.finish();

            assertThat(second.finish()).isFalse();
        }
        assertThat(finished.resolve("file")).hasContent("first");
    }

    @Test
    void sweepsWhatAKilledProcessLeft() throws IOException {
        Path left = UnfinishedDirectory.of(finished).path();
        Files.writeString(left.resolve("file"), "half");
        Path other = Files.createDirectory(parent.resolve("unfinished-other-1"));

        UnfinishedDirectory.sweep(finished);

        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }
}
