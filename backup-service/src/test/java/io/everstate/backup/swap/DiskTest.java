package io.everstate.backup.swap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    @TempDir
    Path directory;

    private final List<String> forced = new ArrayList<>();

    /** What a whole restore does, by the places that it forces. */
    private void write(Flush flush) throws IOException {
        var disk = new Disk(flush) {
            @Override
            void force(Path path) throws IOException {
                forced.add(directory.relativize(path).toString());
                super.force(path);
            }
        };
        disk.createOwnDirectory(directory.resolve("own"));
        forced.add("then");
        disk.createFile(directory.resolve("own/staged")).close();
        disk.createDirectory(directory.resolve("logs"));
        disk.createLink(directory.resolve("logs/link"), Path.of("staged"));
        disk.keep(directory.resolve("own/staged"), directory.resolve("own/kept"));
        disk.replace(directory.resolve("own/staged"), directory.resolve("logs/file"));
        forced.add("then");
        disk.flush();
        disk.takeAway(directory.resolve("logs/file"), directory.resolve("own/away"));
        disk.write(directory.resolve("own/journal"), "{}".getBytes(UTF_8));
        disk.delete(directory.resolve("own/away"));
    }

    @Test
    void forcesEachWriteWhereTheyCannotBeForcedTogether() throws IOException {
        write(Flush.NONE);

        assertThat(forced)
                .containsExactly(
                        "",
                        "then",
                        "",
                        "logs",
                        "own",
                        "logs",
                        "then",
                        "own",
                        "own",
                        "logs",
                        "own/journal.new",
                        "own",
                        "own",
                        "own");
    }

    @Test
    void forcesOnlyWhatHasToLastAtOnceWhereTheOthersAreForcedTogether() throws IOException {
        var flushed = new ArrayList<Boolean>();

        write(new Flush() {
            @Override
            public boolean covers(Path path) {
                return true;
            }

            @Override
            public void now() {
                flushed.add(Files.exists(directory.resolve("logs/file")));
            }

            @Override
            public void close() {
                // nothing is held
            }
        });

        assertThat(forced).containsExactly("", "then", "then", "own", "logs", "own/journal.new", "own", "own");
        assertThat(flushed).containsExactly(true);
    }
}
