package io.everstate.bot.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the real tape; the figures expected were counted from the file by other means. */
class TapeFeedTest {
    private static final String SYMBOL = TapeFeed.SYMBOL;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TapeFeed endless = TapeFeed.bundled(MINUTE, true);
    private final TapeFeed once = TapeFeed.bundled(MINUTE, false);

    @Test
    void holdsSixDaysAndSixteenHoursOfMinutes() {
        assertThat(once.length()).isEqualTo(9603);
        assertThat(once.symbols()).containsExactly(SYMBOL);
    }

    @Test
    void aggregatesTheFirstMinute() {
        var bar = once.bar(SYMBOL, 0).orElseThrow();

        assertThat(bar.number()).isZero();
        assertThat(bar.at()).isEqualTo(Instant.parse("2013-11-25T00:01:00Z"));
        assertThat(bar.open()).isEqualTo(Amount.of("800.01"));
        assertThat(bar.high()).isEqualTo(Amount.of("807.47"));
        assertThat(bar.low()).isEqualTo(Amount.of("800.01"));
        assertThat(bar.close()).isEqualTo(Amount.of("807.47"));
        assertThat(bar.volume()).isEqualTo(Amount.of("2.85664446"));
    }

    @Test
    void losesNoVolume() {
        var volume = LongStream.range(0, once.length())
                .mapToObj(number -> once.bar(SYMBOL, number).orElseThrow().volume())
                .reduce(Amount.ZERO, Amount::plus);

        assertThat(volume).isEqualTo(Amount.of("175778.65435677"));
    }

    @Test
    void repeatsTheLastCloseInMinutesWithoutATrade() {
        var quiet = LongStream.range(0, once.length())
                .filter(number ->
                        once.bar(SYMBOL, number).orElseThrow().volume().isZero())
                .toArray();

        assertThat(quiet).hasSize(204);
        for (var number : quiet) {
            var before = once.bar(SYMBOL, number - 1).orElseThrow();
            var bar = once.bar(SYMBOL, number).orElseThrow();
            assertThat(new Amount[] {bar.open(), bar.high(), bar.low(), bar.close()})
                    .containsOnly(before.close());
        }
    }

    @Test
    void keepsEveryCloseBetweenLowAndHighAndTimesAMinuteApart() {
        for (var number = 1L; number < once.length(); number++) {
            var before = once.bar(SYMBOL, number - 1).orElseThrow();
            var bar = once.bar(SYMBOL, number).orElseThrow();

            assertThat(bar.low()).isLessThanOrEqualTo(bar.open()).isLessThanOrEqualTo(bar.close());
            assertThat(bar.high()).isGreaterThanOrEqualTo(bar.open()).isGreaterThanOrEqualTo(bar.close());
            assertThat(bar.at()).isEqualTo(before.at().plus(MINUTE));
        }
    }

    @Test
    void endsWhenNotRepeated() {
        assertThat(once.bar(SYMBOL, once.length() - 1)).isPresent();
        assertThat(once.bar(SYMBOL, once.length())).isEmpty();
        assertThat(once.bar(SYMBOL, Long.MAX_VALUE)).isEmpty();
    }

    @ParameterizedTest(name = "in round {0}")
    @ValueSource(longs = {1, 2, 1_000_000})
    void startsAgainWithNumbersAndTimesGoingOn(long round) {
        var first = endless.bar(SYMBOL, 17).orElseThrow();
        var number = round * endless.length() + 17;

        var bar = endless.bar(SYMBOL, number).orElseThrow();

        assertThat(bar.number()).isEqualTo(number);
        assertThat(bar.at()).isEqualTo(first.at().plus(MINUTE.multipliedBy(round * endless.length())));
        assertThat(bar.close()).isEqualTo(first.close());
        assertThat(bar.volume()).isEqualTo(first.volume());
    }

    @Test
    void takesBarsOfAnotherDuration() {
        var hourly = TapeFeed.bundled(Duration.ofHours(1), false);

        assertThat(hourly.length()).isEqualTo(161);
        var minutes = LongStream.range(0, 60)
                .mapToObj(number -> once.bar(SYMBOL, number).orElseThrow())
                .toList();
        var hour = hourly.bar(SYMBOL, 0).orElseThrow();
        assertThat(hour.close()).isEqualTo(minutes.getLast().close());
        assertThat(hour.volume()).isEqualTo(minutes.stream().map(Bar::volume).reduce(Amount.ZERO, Amount::plus));
        assertThat(hour.high()).isEqualTo(minutes.stream().map(Bar::high).reduce(Amount.ZERO, Amount::max));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PT0S", "PT-1M", "PT0.5S", "PT1.5S", "PT24H1S"})
    void refusesADurationOutOfItsLimits(Duration duration) {
        assertThatThrownBy(() -> TapeFeed.bundled(duration, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a bar's duration is whole seconds, from PT1S to PT24H, not " + duration);
    }

    @Test
    void refusesAnUnknownSymbolAndANegativeNumber() {
        assertThatThrownBy(() -> once.bar("ETH/USD", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no market \"ETH/USD\", only [BTC/USD]");
        assertThatThrownBy(() -> once.bar(SYMBOL, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bars are numbered from 0; there is no bar -1");
    }
}
