package io.everstate.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartSizesTest {
    private static final int CONFIGURED = 8 << 20;
    private static final long PLENTY = 64L << 30;
    private static final long GIBIBYTE = 1L << 30;

    /** Bytes of the first parts, so many of them. */
    private static long bytes(PartSizes sizes, int parts) {
        return IntStream.rangeClosed(1, parts).mapToLong(sizes::of).sum();
    }

    /** What the files grow by while they are archived; the largest object that S3 takes has 5 TiB. */
    @ParameterizedTest(name = "{0} GiB")
    @ValueSource(longs = {1, 10, 62, 63, 100, 1_000, 5_120})
    void tenThousandPartsAreEnoughForWhatIsExpectedAndHalfAsMuchAgain(long gibibytes) {
        var expected = gibibytes * GIBIBYTE;

        var sizes = PartSizes.of(CONFIGURED, expected, PLENTY);

        assertThat(bytes(sizes, 8_000)).isGreaterThanOrEqualTo(expected);
        assertThat(bytes(sizes, PartSizes.MOST_PARTS))
                .isGreaterThanOrEqualTo(Math.min(expected + expected / 2, 5_120 * GIBIBYTE));
    }

    @Test
    void ofWhatNobodyExpectedAQuarterOfATebibyteFits() {
        var sizes = PartSizes.of(CONFIGURED, 0, PLENTY);

        assertThat(bytes(sizes, PartSizes.MOST_PARTS)).isGreaterThan(256L * GIBIBYTE);
    }

    /** Two parts are in memory. */
    @ParameterizedTest(name = "{0} GiB in parts of {1} MiB")
    @CsvSource({"10, 8", "62, 8", "100, 13", "1000, 128", "5120, 656"})
    void costsNoMoreMemoryThanTheSizeNeeds(long gibibytes, int mebibytes) {
        var sizes = PartSizes.of(CONFIGURED, gibibytes * GIBIBYTE, PLENTY);

        assertThat(IntStream.rangeClosed(1, 8_000).map(sizes::of)).containsOnly(mebibytes << 20);
    }

    @Test
    void isNotLargerThanTheMemoryAllowsForWhatMayNeverCome() {
        var sizes = PartSizes.of(CONFIGURED, 5_120 * GIBIBYTE, 256 << 20);

        assertThat(sizes.of(1)).isEqualTo(16 << 20);
        assertThat(PartSizes.of(CONFIGURED, 5_120 * GIBIBYTE, 64 << 20).of(1)).isEqualTo(CONFIGURED);
    }

    @Test
    void doublesBehindWhatWasExpected() {
        var sizes = PartSizes.of(CONFIGURED, 0, PLENTY);

        assertThat(sizes.of(8_000)).isEqualTo(CONFIGURED);
        assertThat(sizes.of(8_001)).isEqualTo(2 * CONFIGURED);
        assertThat(sizes.of(8_400)).isEqualTo(2 * CONFIGURED);
        assertThat(sizes.of(8_401)).isEqualTo(4 * CONFIGURED);
        assertThat(sizes.of(10_000)).isEqualTo(32 * CONFIGURED);
    }
}
