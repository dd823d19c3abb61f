package io.everstate.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedUuidTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");

    @Test
    void hasVersionSevenAndTheStandardsVariant() {
        assertThat(Stream.generate(() -> TimeOrderedUuid.at(NOON)).limit(1_000)).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        });
    }

    /** The example of RFC 9562, appendix A.6, without its random bits. */
    @Test
    void beginsWithTheMilliseconds() {
        var id = TimeOrderedUuid.at(Instant.parse("2022-02-22T19:22:22.000Z"));

        assertThat(id.toString()).startsWith("017f22e2-79b0-7");
    }

    @Test
    void sortsByTimeAsTextAndAsValue() {
        var ids = LongStream.range(0, 1_000)
                .mapToObj(millis -> TimeOrderedUuid.at(NOON.plusMillis(millis)))
                .toList();

        assertThat(ids).isSorted();
        assertThat(ids.stream().map(Object::toString)).isSorted();
    }

    @Test
    void isDifferentEachTimeInTheSameMillisecond() {
        var ids = IntStream.range(0, 10_000).mapToObj(_ -> TimeOrderedUuid.at(NOON));

        assertThat(ids.distinct().count()).isEqualTo(10_000);
    }
}
