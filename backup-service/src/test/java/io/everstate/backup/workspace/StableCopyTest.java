package io.everstate.backup.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SF11")
class StableCopyTest {
    private static final String OLD = "old".repeat(1_000);
    private static final String NEW = "new".repeat(1_000);

    @TempDir
    Path directory;

    private Path file;
    private Spool spool;

    @BeforeEach
    void aFile() throws IOException {
        file = directory.resolve("state.json");
        Files.writeString(file, OLD);
        spool = new Spool(directory.resolve("spool"));
    }

    @Test
    void copiesAFileThatIsLeftAlone() throws IOException {
        var copied = new StableCopy(Clock.systemUTC()).copy(file, spool);

        assertThat(copied.torn()).isFalse();
        assertThat(content()).isEqualTo(OLD);
    }

    /** Written to after the first half was read, with the same size: the copy is made again. */
    @Test
    void readsAgainWhenTheFileIsWrittenWhileItIsRead() throws IOException {
        var reads = new AtomicInteger();
        var copy = new StableCopy(
                Clock.systemUTC(), path -> reads.getAndIncrement() == 0 ? tornRead() : Files.newInputStream(path));

        var copied = copy.copy(file, spool);

        assertThat(copied.torn()).isFalse();
        assertThat(content()).isEqualTo(NEW);
        assertThat(reads).hasValue(2);
    }

    /** The time of writing can be set; the time of change cannot. */
    @Test
    void readsAgainWhenAWriteHidesItsTime() throws IOException {
        var written = Files.getLastModifiedTime(file);
        var reads = new AtomicInteger();
        var copy = new StableCopy(Clock.systemUTC(), path -> {
            if (reads.getAndIncrement() > 0) {
                return Files.newInputStream(path);
            }
            var torn = tornRead();
            Files.setLastModifiedTime(path, written);
            return torn;
        });

        var copied = copy.copy(file, spool);

        assertThat(copied.torn()).isFalse();
        assertThat(content()).isEqualTo(NEW);
    }

    @Test
    void saysSoWhenTheFileIsWrittenDuringEveryRead() throws IOException {
        var copy = new StableCopy(Clock.systemUTC(), path -> tornRead());

        assertThat(copy.copy(file, spool).torn()).isTrue();
    }

    /** What the mark is for: the torn content is neither the one nor the other. */
    @Test
    void theTornReadOfTheseTestsIsTorn() throws IOException {
        try (var torn = tornRead()) {
            assertThat(new String(torn.readAllBytes(), UTF_8))
                    .startsWith("oldold")
                    .endsWith("newnew");
        }
    }

    /** A log that grows as fast as it is read would never be read to its end. */
    @Test
    void readsNoFurtherThanTheFileWasLong() throws IOException {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };

        var copied = new StableCopy(Clock.systemUTC(), path -> endless).copy(file, spool);

        assertThat(spool.size()).isEqualTo(copied.attributes().size()).isEqualTo(OLD.length());
    }

    @Test
    void doesNotFollowALinkThatTookTheFilesPlace() throws IOException {
        var link = directory.resolve("link");
        Files.createSymbolicLink(link, file);

        assertThatThrownBy(() -> new StableCopy(Clock.systemUTC()).copy(link, spool))
                .isInstanceOf(NotAFileException.class);
    }

    @Test
    void saysThatAFileIsGone() {
        assertThatThrownBy(() -> new StableCopy(Clock.systemUTC()).copy(directory.resolve("gone"), spool))
                .isInstanceOf(NoSuchFileException.class);
    }

    private InputStream tornRead() throws IOException {
        var first = Files.readString(file).substring(0, OLD.length() / 2);
        Files.writeString(file, NEW);
        var second = Files.readString(file).substring(OLD.length() / 2);
        return new SequenceInputStream(
                new ByteArrayInputStream(first.getBytes(UTF_8)), new ByteArrayInputStream(second.getBytes(UTF_8)));
    }

    private String content() throws IOException {
        try (var input = spool.open()) {
            return new String(input.readAllBytes(), UTF_8);
        }
    }
}
