package io.everstate.backup.inspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.workspace.FileCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseLooksTest {
    private static final Duration EVERY = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private Path database;
    private Instant now = Instant.now().plusSeconds(3_600);
    private int looked;

    private final DatabaseLooks looks = new DatabaseLooks(EVERY, new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @BeforeEach
    void makeDatabase() throws IOException {
        database = Files.write(directory.resolve("trades.sqlite"), content());
    }

    private static byte[] content() {
        return Arrays.copyOf("SQLite format 3\0".getBytes(US_ASCII), 4_096);
    }

    /** @return how often it was really looked at so far */
    private int look(Path place) {
        looks.at(place, () -> {
            looked++;
            return new Look(FileCondition.OK, 1, null, null);
        });
        return looked;
    }

    @Test
    void looksOnceAtWhatNobodyWritesTo() {
        look(database);
        now = now.plus(EVERY.multipliedBy(100));

        assertThat(look(database)).isEqualTo(1);
    }

    @Test
    void looksNowAndThenAtWhatIsWrittenTo() throws IOException {
        look(database);
        Files.write(database, new byte[4_096], StandardOpenOption.APPEND);

        now = now.plus(EVERY).minusSeconds(1);
        assertThat(look(database)).as("too soon").isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(look(database)).isEqualTo(2);
    }

    @Test
    void noticesWhatIsWrittenBesideIt() throws IOException {
        look(database);
        Files.write(directory.resolve("trades.sqlite-wal"), new byte[32]);
        now = now.plus(EVERY);

        assertThat(look(database)).isEqualTo(2);
    }

    @Test
    void looksAtOnceAtAnotherFile() throws IOException {
        look(database);
        var other = Files.write(directory.resolve("other"), content());
        Files.move(other, database, StandardCopyOption.REPLACE_EXISTING);

        assertThat(look(database)).isEqualTo(2);
    }

    @Test
    void looksEachTimeAtWhatIsNoDatabase() throws IOException {
        look(database);
        Files.writeString(database, "no database any more");

        look(database);

        assertThat(look(database)).isEqualTo(3);
        assertThat(look(directory.resolve("missing"))).isEqualTo(4);
    }

    /** The file system's clock does not tell what was written just before the look from what was written in it. */
    @Test
    void doesNotTrustALookThatIsTooNearToAWrite() {
        now = Instant.now();
        look(database);
        now = now.plus(EVERY);

        assertThat(look(database)).isEqualTo(2);
    }
}
