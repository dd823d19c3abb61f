package io.everstate.state.snapshot.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.projection.ProjectionStatus;
import io.everstate.state.projection.ProjectionStatuses;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CourtesyTest {
    private static final byte[] PIECE = {1, 2, 3};
    private static final Duration WORK = Duration.ofMillis(5);

    private final ProjectionStatus projection = new ProjectionStatus();
    private final List<Long> rests = new ArrayList<>();
    private final Courtesy courtesy = new Courtesy(projection, rests::add);

    private static void work() {
        work(WORK);
    }

    private static void work(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private void write(int pieces) throws IOException {
        var written = new ByteArrayOutputStream();
        try (var content = courtesy.resting(written)) {
            for (int piece = 0; piece < pieces; piece++) {
                work();
                content.write(PIECE);
            }
        }
        assertThat(written.size()).isEqualTo(pieces * PIECE.length);
    }

    @Test
    void restsTwelveTimesAsLongAsItWorkedWhileFoldingIsBehind() throws IOException {
        ProjectionStatuses.behind(projection, Courtesy.BEHIND + 1);

        write(3);

        assertThat(rests).hasSize(3).allMatch(rest -> rest >= 12 * WORK.toNanos());
    }

    @Test
    void doesNotRestWhileFoldingKeepsUp() throws IOException {
        ProjectionStatuses.behind(projection, Courtesy.BEHIND);

        write(3);

        assertThat(rests).isEmpty();
    }

    @Test
    void restsInFrontOfWhatIsReadToo() throws IOException {
        ProjectionStatuses.behind(projection, Courtesy.BEHIND + 1);
        try (var content = courtesy.resting(new ByteArrayInputStream(PIECE))) {
            work();

            assertThat(content.readAllBytes()).isEqualTo(PIECE);
        }

        assertThat(rests)
                .isNotEmpty()
                .allMatch(rest -> rest >= 12 * Duration.ofMillis(2).toNanos());
    }

    /** Who writes has a transaction open, which the database ends when it idles for long. */
    @Test
    void restsForASecondAtOnceAtMost() throws IOException {
        ProjectionStatuses.behind(projection, Courtesy.BEHIND + 1);
        try (var content = courtesy.resting(new ByteArrayOutputStream())) {
            work(Duration.ofMillis(200));
            content.write(PIECE);
        }

        assertThat(rests).containsExactly(Duration.ofSeconds(1).toNanos());
    }

    /** Folding may never catch up, and the snapshot must come to its end. */
    @Test
    void restsForTwentySecondsAtMost() throws IOException {
        ProjectionStatuses.behind(projection, Courtesy.BEHIND + 1);
        try (var content = courtesy.resting(new ByteArrayOutputStream())) {
            for (int piece = 0; piece < 2_000 && sum() < Duration.ofSeconds(20).toNanos(); piece++) {
                work();
                content.write(PIECE);
            }
            var before = rests.size();
            work();
            content.write(PIECE);

            assertThat(sum()).isEqualTo(Duration.ofSeconds(20).toNanos());
            assertThat(rests).hasSize(before);
        }
    }

    private long sum() {
        return rests.stream().mapToLong(Long::longValue).sum();
    }
}
