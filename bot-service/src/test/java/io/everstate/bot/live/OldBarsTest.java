package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.live.KnownBars.Unknown;
import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of bars that are there, which are decided at: those that ended just now by the exchange's clock. */
class OldBarsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PATIENT = Duration.ofDays(1_000);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long AT_NOON = NOON.getEpochSecond() / 3_600;

    private final LiveBars bars = new LiveBars(HOUR, 100, PATIENT);

    /** Before, a bot decided at closes of up to three hours ago. */
    @Test
    void afterHoursAwayNothingIsDecidedBeforeTheNextBarEnds() {
        bars.connected(NOON.plusSeconds(-10));
        trade(5);
        bars.heard(NOON.plus(HOUR).plusSeconds(1));
        assertThat(bars.look(AT_NOON)).isInstanceOf(Look.Present.class);
        bars.interrupted();

        var back = NOON.plus(Duration.ofMinutes(6 * 60 + 20));
        bars.connected(back);
        bars.learned(bars.unknown(back).orElseThrow(), recorded(AT_NOON + 1, AT_NOON + 5));
        bars.heard(back.plusSeconds(1));

        assertThat(LongStream.rangeClosed(AT_NOON, AT_NOON + 5).mapToObj(bars::find))
                .allMatch(bar -> bar.isPresent());
        assertThat(LongStream.rangeClosed(AT_NOON, AT_NOON + 6).mapToObj(bars::look))
                .containsOnly(new Look.NotYet());

        // the bar in whose middle it came back is looked up as well, and decided at: it ends while it is heard
        var end = NOON.plus(Duration.ofHours(7));
        bars.heard(end.plusSeconds(1));
        bars.learned(bars.unknown(end.plusSeconds(2)).orElseThrow(), recorded(AT_NOON + 6, AT_NOON + 6));

        assertThat(LongStream.rangeClosed(AT_NOON, AT_NOON + 5).mapToObj(bars::look))
                .containsOnly(new Look.Gone(AT_NOON + 6));
        assertThat(bars.look(AT_NOON + 6)).isInstanceOf(Look.Present.class);
    }

    @ParameterizedTest(name = "one of {0} s that ended {1} s ago: {2}")
    @CsvSource({
        "1, 3, true",
        "1, 4, false",
        "60, 180, true",
        "60, 181, false",
        "90, 181, true",
        "90, 182, false",
        "3600, 181, true",
        "3600, 182, false"
    })
    void aBarIsDecidedAtForThreeSpansAndForThreeMinutesAtMost(long span, long age, boolean decided) {
        var market = new LiveBars(Duration.ofSeconds(span), 100, PATIENT);
        var number = NOON.getEpochSecond() / span;
        var end = NOON.plusSeconds(span);
        market.connected(NOON.minusSeconds(1));
        market.traded(new LiveTrade("BTC/USDT", Amount.of(100), Amount.of(1), NOON));
        market.heard(end.plusSeconds(age));

        assertThat(market.find(number)).isPresent();
        assertThat(market.look(number) instanceof Look.Present).isEqualTo(decided);
    }

    /** Its end came in time, but the record that says whether the market was quiet did not answer for an hour. */
    @Test
    void aBarThatWasHeldForLongIsNotDecidedAt() {
        var held = new LiveBars(HOUR, 100, Duration.ofMinutes(1));
        held.connected(NOON.minusSeconds(10));
        held.traded(new LiveTrade("BTC/USDT", Amount.of(7), Amount.of(3), NOON.plusSeconds(5)));
        held.heard(NOON.plus(HOUR).plusSeconds(1));
        assertThat(held.look(AT_NOON)).isEqualTo(new Look.NotYet());

        held.heard(NOON.plus(HOUR).plusSeconds(600));
        held.learned(new Unknown(AT_NOON, AT_NOON), recorded(AT_NOON, AT_NOON));

        assertThat(held.find(AT_NOON)).isPresent();
        assertThat(held.look(AT_NOON)).isEqualTo(new Look.Gone(AT_NOON));
    }

    /** This machine's clock may be hours behind: then an old bar would look new until the first trade. */
    @Test
    void nothingIsDecidedBeforeTheExchangeSaidWhatTimeItIs() {
        bars.connected(NOON.minusMillis(2));
        bars.learned(new Unknown(AT_NOON - 3, AT_NOON - 1), recorded(AT_NOON - 3, AT_NOON - 1));
        assertThat(bars.look(AT_NOON - 1)).isEqualTo(new Look.NotYet());

        bars.firstHeard(NOON.minusMillis(1));
        bars.heard(NOON.minusMillis(1));

        assertThat(bars.look(AT_NOON - 1)).isInstanceOf(Look.Present.class);
    }

    private void trade(long second) {
        bars.traded(new LiveTrade("BTC/USDT", Amount.of(100), Amount.of(1), NOON.plusSeconds(second)));
    }

    private static List<Bar> recorded(long from, long to) {
        var price = Amount.of(7);
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> new Bar(
                        number, Instant.ofEpochSecond(3_600 * (number + 1)), price, price, price, price, Amount.of(3)))
                .toList();
    }
}
