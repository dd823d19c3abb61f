package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.live.KnownBars.Unknown;
import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bars are missing, and what is done where the exchange's own record has a hole. */
class KnownBarsTest {
    private static final int KEPT = 100;
    private static final long NEXT = 1_000;

    private final Visited visited = new Visited();
    private final KnownBars bars = new KnownBars(KEPT, visited);

    /** Before, all that were kept were visited at every look, four times a second. */
    @Test
    void whereNothingIsMissingNoBarIsVisitedTwice() {
        known(NEXT - KEPT, NEXT - 1);
        assertThat(bars.missing(NEXT, NEXT)).isEmpty();
        visited.count = 0;

        for (var look = 0; look < 50; look++) {
            assertThat(bars.missing(NEXT, NEXT)).isEmpty();
        }
        bars.add(bar(NEXT));
        assertThat(bars.missing(NEXT + 1, NEXT + 1)).isEmpty();

        assertThat(visited.count).isLessThan(200);
    }

    @Test
    void behindAHoleThatStaysNoBarIsVisitedTwice() {
        known(NEXT - KEPT, NEXT - 60);
        known(NEXT - 50, NEXT - 1);
        assertThat(bars.missing(NEXT, NEXT)).contains(new Unknown(NEXT - 59, NEXT - 50));
        visited.count = 0;

        for (var look = 0; look < 50; look++) {
            assertThat(bars.missing(NEXT, NEXT)).isPresent();
        }

        assertThat(visited.count).isLessThan(200);
    }

    /** Against looking at each bar, whatever was heard, looked up, and grew too old in between. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theNewestThatAreMissingAreFoundWhateverHappened(long seed) {
        var random = new SplittableRandom(seed);
        var there = new TreeSet<Long>();
        var next = NEXT;
        for (var step = 0; step < 2_000; step++) {
            if (random.nextInt(3) > 0) {
                var number = next - 1 - random.nextInt(KEPT);
                bars.learn(bar(number), next);
                there.add(number);
            } else if (random.nextBoolean()) {
                bars.add(bar(next));
                there.add(next++);
                there.headSet(next - KEPT).clear();
            } else {
                next++;
            }
            assertMissing(there, next);
        }
    }

    private void assertMissing(Set<Long> there, long next) {
        var missing = LongStream.range(next - KEPT, next)
                .filter(number -> !there.contains(number))
                .toArray();
        var found = bars.missing(next, next);
        assertThat(found.isPresent()).isEqualTo(missing.length > 0);
        found.ifPresent(unknown -> {
            var newest = missing[missing.length - 1];
            assertThat(unknown.to()).isEqualTo(there.contains(newest + 1) ? newest + 1 : newest);
            assertThat(Arrays.stream(missing)).contains(unknown.from());
            assertThat(LongStream.rangeClosed(unknown.from(), newest)).noneMatch(there::contains);
            assertThat(there.contains(unknown.from() - 1) || unknown.from() == next - KEPT)
                    .isTrue();
        });
    }

    /** It can be a fault of one answer, or for a while of whoever gives it, and it is asked for again. */
    @Test
    void aHoleIsBelievedWhenItIsToldAgainAndAgain() {
        var asked = new Unknown(NEXT - KEPT, NEXT - 1);

        doubt(asked, around(10));
        assertThat(bars.missing(NEXT, NEXT)).contains(asked);
        assertThat(bars.judge(asked, around(10))).isEqualTo(Finding.STILL_LEAVES_OUT);

        assertThat(bars.hole()).contains(new Unknown(NEXT - 10, NEXT - 10));
        assertThat(bars.missing(NEXT, NEXT)).contains(new Unknown(NEXT - 9, NEXT - 1));
        around(10).forEach(bar -> bars.learn(bar, NEXT));
        assertThat(bars.missing(NEXT, NEXT)).isEmpty();
    }

    @Test
    void anotherHoleThanBeforeIsNotBelieved() {
        var asked = new Unknown(NEXT - KEPT, NEXT - 1);

        doubt(asked, around(10));
        doubt(asked, around(11));
        assertThat(bars.judge(asked, recorded(NEXT - KEPT, NEXT - 1))).isEqualTo(Finding.AGREES);
        assertThat(bars.judge(asked, around(11))).isEqualTo(Finding.LEAVES_OUT);
    }

    /** The most that a hole can be told without being believed. */
    private void doubt(Unknown asked, List<Bar> recorded) {
        for (var told = 1; told < KnownBars.BELIEVED_AFTER; told++) {
            assertThat(bars.judge(asked, recorded)).isEqualTo(Finding.LEAVES_OUT);
        }
    }

    @Test
    void ofSeveralHolesTheNewestIsWhatIsGoneOnBehind() {
        var asked = new Unknown(NEXT - KEPT, NEXT - 1);
        var two = around(10).stream().filter(bar -> bar.number() != NEXT - 40).toList();

        doubt(asked, two);
        bars.judge(asked, two);

        assertThat(bars.oldest()).isEqualTo(NEXT - 9);
    }

    /** The bar behind it is asked for as well: it shows that the record goes on there. */
    @Test
    void aHoleRightBeforeAHeardBarIsFoundToo() {
        known(NEXT - KEPT, NEXT - 10);
        known(NEXT - 5, NEXT - 1);
        var asked = bars.missing(NEXT, NEXT).orElseThrow();
        assertThat(asked).isEqualTo(new Unknown(NEXT - 9, NEXT - 5));

        doubt(asked, recorded(NEXT - 5, NEXT - 5));
        assertThat(bars.judge(asked, recorded(NEXT - 5, NEXT - 5))).isEqualTo(Finding.STILL_LEAVES_OUT);

        assertThat(bars.missing(NEXT, NEXT)).isEmpty();
    }

    /** It is behind, and has them later. */
    @Test
    void whatARecordDoesNotHaveYetIsNoHole() {
        var asked = new Unknown(NEXT - KEPT, NEXT - 1);

        for (var told = 0; told <= KnownBars.BELIEVED_AFTER; told++) {
            assertThat(bars.judge(asked, recorded(NEXT - KEPT, NEXT - 5))).isEqualTo(Finding.AGREES);
        }

        assertThat(bars.missing(NEXT, NEXT)).contains(asked);
    }

    private void known(long from, long to) {
        recorded(from, to).forEach(bar -> bars.learn(bar, NEXT));
    }

    /** All but one. */
    private static List<Bar> around(long missing) {
        return recorded(NEXT - KEPT, NEXT - 1).stream()
                .filter(bar -> bar.number() != NEXT - missing)
                .toList();
    }

    private static List<Bar> recorded(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(KnownBarsTest::bar).toList();
    }

    private static Bar bar(long number) {
        var price = Amount.of(7);
        return new Bar(number, Instant.ofEpochSecond(60 * (number + 1)), price, price, price, price, Amount.of(3));
    }

    /** Counts how often a bar was looked for. */
    private static final class Visited extends TreeMap<Long, Bar> {
        private static final long serialVersionUID = 1;
        private int count;

        @Override
        public boolean containsKey(Object number) {
            count++;
            return super.containsKey(number);
        }
    }
}
