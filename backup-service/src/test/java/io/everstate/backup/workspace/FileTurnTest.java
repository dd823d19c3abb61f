package io.everstate.backup.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTurnTest {
    @TempDir
    Path directory;

    /** Closing the file, as every reader does, would drop the locks under which another thread copies it. */
    @Test
    void nobodyReadsAFileWhileItIsAnothersTurn() throws Exception {
        var file = Files.writeString(directory.resolve("trades.db"), "SQLite format 3\0");
        try (var readers = Executors.newFixedThreadPool(2)) {
            var turn = FileTurn.of(file);

            var sniffed = readers.submit(() -> SqliteFiles.isDatabase(file));
            var copied = readers.submit(() -> copy(file));
            await().until(() -> FileTurn.waitingFor(file) == 2);

            assertThat(sniffed.isDone()).isFalse();
            assertThat(copied.isDone()).isFalse();
            turn.close();
            assertThat(sniffed.get()).isTrue();
            assertThat(copied.get()).isEqualTo(16);
        }
    }

    private long copy(Path file) {
        try (var spool = new Spool(directory)) {
            new StableCopy(Clock.systemUTC()).copy(file, spool);
            return spool.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
