package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One connection, made a little past noon, with bars of ten seconds. */
class HearingTest {
    private static final String BTC = "BTC/USDT";
    private static final String ETH = "ETH/USDT";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long FIRST = NOON.getEpochSecond() / 10;

    private final LiveBars bitcoin = bars();
    private final LiveBars ether = bars();

    private static LiveBars bars() {
        return new LiveBars(Duration.ofSeconds(10), 10, Duration.ofMinutes(5));
    }

    /** Before, the rest of the bar in which the connection was made counted as the whole of it. */
    @Test
    void aClockThatIsBehindMakesNoWholeBarOfAPart() {
        var hearing = hearing(NOON.minusSeconds(5));
        hearing.begin();

        trade(hearing, BTC, 3, "1");
        trade(hearing, ETH, 9, "1");
        trade(hearing, ETH, 12, "2");
        trade(hearing, BTC, 15, "3");
        trade(hearing, BTC, 22, "4");

        assertThat(bitcoin.find(FIRST)).isEmpty();
        assertThat(ether.find(FIRST)).isEmpty();
        assertThat(bitcoin.find(FIRST + 1).map(Bar::volume)).contains(Amount.of(3));
        assertThat(ether.find(FIRST + 1).map(Bar::volume)).contains(Amount.of(2));
    }

    /** The first trade shows where the exchange's time is; one that was not looked at shows nothing. */
    @Test
    void whatComesBeforeItsBeginningIsNotListenedTo() {
        var hearing = hearing(NOON.minusSeconds(5));

        trade(hearing, BTC, 3, "1");
        hearing.begin();
        trade(hearing, BTC, 4, "1");
        trade(hearing, BTC, 12, "2");

        assertThat(bitcoin.find(FIRST)).isEmpty();
        assertThat(bitcoin.newestPrice()).contains(Amount.of(100));
    }

    private Hearing hearing(Instant now) {
        return new Hearing(
                Map.of(BTC, bitcoin, ETH, ether),
                Clock.fixed(now, ZoneOffset.UTC),
                Duration.ofSeconds(30),
                new DroppedTrades(true));
    }

    private static void trade(Hearing hearing, String symbol, int second, String quantity) {
        hearing.traded(new LiveTrade(symbol, Amount.of(100), Amount.of(quantity), NOON.plusSeconds(second)));
    }
}
