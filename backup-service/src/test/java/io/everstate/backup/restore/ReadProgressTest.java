package io.everstate.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadProgressTest {
    private Instant now = Instant.parse("2026-11-24T03:00:00Z");
    private final List<String> written = new ArrayList<>();
    private final ReadProgress progress = new ReadProgress(
            (done, total) -> written.add("%d of %d".formatted(done, total)), Duration.ofSeconds(1), () -> now);

    private static InputStream archive(int bytes) {
        return new ByteArrayInputStream(new byte[bytes]);
    }

    @Test
    void writesDownNotMoreOftenThanItIsTo() throws IOException {
        progress.expect(100);
        var read = progress.over(archive(100));

        read.readNBytes(10);
        now = now.plusMillis(999);
        read.readNBytes(10);
        now = now.plusMillis(1);
        read.readNBytes(10);
        read.readNBytes(10);

        assertThat(written).containsExactly("0 of 100", "30 of 100");
    }

    @Test
    void saysAtOnceThatAllWasRead() throws IOException {
        progress.expect(30);
        progress.over(archive(10)).readAllBytes();
        progress.over(archive(20)).readAllBytes();

        assertThat(written).containsExactly("0 of 30", "30 of 30");
    }

    @Test
    void goesOnWhereMoreIsToBeReadThanWasKnown() throws IOException {
        progress.expect(10);
        progress.over(archive(10)).readAllBytes();
        progress.expect(5);
        progress.over(archive(3)).readAllBytes();

        assertThat(written).as("the last one was cut short").containsExactly("0 of 10", "10 of 10", "10 of 15");
    }
}
