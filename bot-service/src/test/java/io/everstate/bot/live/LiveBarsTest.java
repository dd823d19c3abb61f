package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveBarsTest {
    private static final String SYMBOL = "BTC/USDT";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    /** The first whole bar of who connects half a minute past noon. */
    private static final long FIRST = NOON.getEpochSecond() / 60 + 1;

    private final LiveBars bars = new LiveBars(MINUTE, 3);

    @BeforeEach
    void connect() {
        bars.connected(NOON.plusSeconds(30));
    }

    @Test
    void aBarIsMadeOfTheTradesOfItsSpan() {
        trade(65, "100", "1");
        trade(80, "130", "2");
        trade(119, "90", "0.5");
        assertThat(bars.look(FIRST)).isEqualTo(new Look.NotYet());

        heard(121);

        assertThat(bars.look(FIRST))
                .isEqualTo(new Look.Present(new Bar(
                        FIRST,
                        NOON.plusSeconds(120),
                        Amount.of(100),
                        Amount.of(130),
                        Amount.of(90),
                        Amount.of(90),
                        Amount.of("3.5"))));
        assertThat(bars.look(FIRST + 1)).isEqualTo(new Look.NotYet());
    }

    @Test
    void aBarThatWasNotHeardFromItsBeginningIsNeverMade() {
        trade(31, "100", "1");

        heard(61);

        assertThat(bars.look(FIRST - 1)).isEqualTo(new Look.NotYet());
        assertThat(bars.newestPrice()).contains(Amount.of(100));
    }

    /** Silence may be that of the connection; a later trade of any market shows that it was not. */
    @Test
    void aBarEndsWhenSomethingLaterIsHeard() {
        trade(65, "100", "1");
        heard(120);
        assertThat(bars.look(FIRST))
                .as("a trade of its last moment may still come")
                .isEqualTo(new Look.NotYet());

        heard(121);

        assertThat(bars.look(FIRST)).isInstanceOf(Look.Present.class);
    }

    /** Before, the first trades of a bar were lost while the last ones of the bar before were waited for. */
    @Test
    void theNextBarBeginsWhileTheLastTradesOfThisOneMayStillCome() {
        trade(65, "100", "1");
        trade(120, "200", "2");
        trade(119, "90", "3");

        heard(181);

        assertThat(bars.find(FIRST).map(Bar::volume)).contains(Amount.of(4));
        assertThat(bars.find(FIRST + 1).map(Bar::open)).contains(Amount.of(200));
    }

    @Test
    void aBarWithoutATradeRepeatsTheClose() {
        trade(65, "100", "1");

        heard(241);

        var close = Amount.of(100);
        assertThat(bars.look(FIRST + 1))
                .isEqualTo(new Look.Present(
                        new Bar(FIRST + 1, NOON.plusSeconds(180), close, close, close, close, Amount.ZERO)));
    }

    @Test
    void withoutAPriceThereIsNoBar() {
        heard(300);

        assertThat(bars.look(FIRST)).isEqualTo(new Look.NotYet());
    }

    @Test
    void whatWasMissedIsGoneAndNothingIsMadeUp() {
        trade(65, "100", "1");
        heard(121);
        bars.interrupted();
        trade(150, "50", "9");
        heard(400);
        assertThat(bars.newestPrice()).isEmpty();
        assertThat(bars.look(FIRST + 1)).isEqualTo(new Look.NotYet());

        bars.connected(NOON.plusSeconds(310));
        trade(365, "70", "1");
        heard(421);

        assertThat(bars.look(FIRST)).isEqualTo(new Look.Gone(FIRST + 5));
        assertThat(bars.look(FIRST + 1)).isEqualTo(new Look.Gone(FIRST + 5));
        assertThat(bars.look(FIRST + 5)).isInstanceOf(Look.Present.class);
    }

    @Test
    void aTradeThatComesTooLateChangesNoBar() {
        trade(65, "100", "1");
        heard(121);
        var before = bars.look(FIRST);

        trade(119, "5", "1");

        assertThat(bars.look(FIRST)).isEqualTo(before);
    }

    @Test
    void oldBarsFillWindowsAndNothingIsDecidedAtThem() {
        var many = new LiveBars(MINUTE, 100);
        many.connected(NOON.plusSeconds(30));
        many.traded(new LiveTrade(SYMBOL, Amount.of(100), Amount.of(1), NOON.plusSeconds(65)));

        many.heard(NOON.plusSeconds(361));

        assertThat(many.look(FIRST + 2)).isInstanceOf(Look.Present.class);
        assertThat(many.look(FIRST + 1)).isEqualTo(new Look.Gone(FIRST + 4));
        assertThat(many.find(FIRST + 1)).isPresent();
    }

    @Test
    void afterALeapInTimeBarsBeginAnew() {
        trade(65, "100", "1");

        heard(Duration.ofDays(400).toSeconds());

        assertThat(bars.look(FIRST)).isEqualTo(new Look.NotYet());
        assertThat(bars.find(FIRST)).isEmpty();
    }

    @Test
    void onlyTheNewestAreKept() {
        trade(65, "100", "1");

        heard(361);

        assertThat(bars.look(FIRST)).isEqualTo(new Look.Gone(FIRST + 4));
        assertThat(bars.find(FIRST + 2)).isPresent();
        assertThat(bars.find(FIRST + 1)).isEmpty();
    }

    private void trade(long second, String price, String quantity) {
        bars.traded(new LiveTrade(SYMBOL, Amount.of(price), Amount.of(quantity), NOON.plusSeconds(second)));
    }

    private void heard(long second) {
        bars.heard(NOON.plusSeconds(second));
    }
}
