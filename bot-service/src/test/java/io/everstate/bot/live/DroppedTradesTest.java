package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.live.DroppedTrades.Reason;
import io.everstate.bot.live.KnownBars.Unknown;
import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.contracts.bot.Amount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bars of ten seconds of which a trade was told that could not be used; the connection is made a little before noon. */
class DroppedTradesTest {
    private static final String BTC = "BTC/USDT";
    private static final String ETH = "ETH/USDT";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long FIRST = NOON.getEpochSecond() / 10;

    private final LiveBars bitcoin = bars();
    private final LiveBars ether = bars();
    private final DroppedTrades dropped = new DroppedTrades(true);
    private final Hearing hearing = hearing(dropped);

    private static LiveBars bars() {
        return new LiveBars(Duration.ofSeconds(10), 10, Duration.ofMinutes(5));
    }

    @BeforeEach
    void connect() {
        hearing.begin();
        trade(hearing, BTC, -4, "1");
        trade(hearing, ETH, -4, "1");
    }

    @Test
    void aBarWithATradeThatCannotBeReadIsLookedUp() {
        trade(hearing, BTC, 3, "1");
        trade(hearing, ETH, 3, "1");
        hearing.unreadable(Set.of(BTC));
        trade(hearing, BTC, 5, "1");
        trade(hearing, ETH, 11, "1");

        assertThat(bitcoin.find(FIRST)).isEmpty();
        assertThat(bitcoin.look(FIRST)).isEqualTo(new Look.NotYet());
        assertThat(bitcoin.unknown(NOON.plusSeconds(11))).contains(new Unknown(FIRST - 9, FIRST));
        assertThat(ether.find(FIRST)).isPresent();
        assertThat(dropped.of(Reason.UNREADABLE)).isEqualTo(1);
        assertThat(bitcoin.learned(new Unknown(FIRST, FIRST), List.of(recorded(FIRST))))
                .isEqualTo(Finding.AGREES);
        assertThat(bitcoin.look(FIRST)).isEqualTo(new Look.Present(recorded(FIRST)));
    }

    @Test
    void barsBehindItAreMadeOfWhatIsHeard() {
        hearing.unreadable(Set.of(BTC));
        trade(hearing, BTC, 5, "1");
        trade(hearing, BTC, 15, "2");
        trade(hearing, BTC, 21, "1");

        assertThat(bitcoin.find(FIRST)).isEmpty();
        assertThat(bitcoin.find(FIRST + 1).map(Bar::volume)).contains(Amount.of(2));
    }

    /** It can be the first of the next bar: trades come out of order by a little, the next that is heard may be the earlier one. */
    @ParameterizedTest(name = "the next one is heard at {0} s")
    @ValueSource(ints = {9, 12})
    void allBarsThatItCanBeOfAreLookedUp(int next) {
        trade(hearing, BTC, 3, "1");
        hearing.unreadable(Set.of(BTC));
        trade(hearing, BTC, next, "1");
        trade(hearing, BTC, 13, "1");
        trade(hearing, BTC, 22, "1");
        trade(hearing, BTC, 31, "1");

        assertThat(bitcoin.find(FIRST)).isEmpty();
        assertThat(bitcoin.find(FIRST + 1)).isEmpty();
        assertThat(bitcoin.find(FIRST + 2)).isPresent();
    }

    @Test
    void aBarInWhichNothingElseWasHeardWasNotQuiet() {
        trade(hearing, BTC, 3, "1");
        trade(hearing, ETH, 11, "1");
        assertThat(bitcoin.find(FIRST)).isPresent();
        hearing.unreadable(Set.of(BTC));
        trade(hearing, ETH, 21, "1");

        assertThat(bitcoin.find(FIRST + 1)).isEmpty();
        assertThat(bitcoin.look(FIRST + 1)).isEqualTo(new Look.NotYet());
    }

    @Test
    void aMessageOfNobodyKnowsWhichMarketMakesAllDoubtful() {
        trade(hearing, BTC, 3, "1");
        trade(hearing, ETH, 3, "1");
        hearing.unreadable(Set.of(BTC, ETH));
        trade(hearing, ETH, 11, "1");

        assertThat(bitcoin.find(FIRST)).isEmpty();
        assertThat(ether.find(FIRST)).isEmpty();
        assertThat(dropped.of(Reason.UNREADABLE)).as("it is one message").isEqualTo(1);
    }

    /** Its time is wrong, so that it is one of now. */
    @Test
    void aBarWithATradeFromTheFutureIsLookedUp() {
        trade(hearing, BTC, 3, "1");
        trade(hearing, BTC, 3_600, "1");
        trade(hearing, BTC, 11, "1");

        assertThat(bitcoin.find(FIRST)).isEmpty();
        assertThat(dropped.of(Reason.FUTURE)).isEqualTo(1);
    }

    @Test
    void aTradeThatComesTooLateIsCountedAndChangesNothing() {
        trade(hearing, BTC, 3, "1");
        trade(hearing, BTC, 11, "1");
        var before = bitcoin.find(FIRST);

        trade(hearing, BTC, 9, "50");
        trade(hearing, BTC, 21, "1");

        assertThat(before).isPresent();
        assertThat(bitcoin.find(FIRST + 1).map(Bar::volume))
                .as("no doubt is cast")
                .contains(Amount.of(1));
        assertThat(dropped.of(Reason.LATE)).isEqualTo(1);
        assertThat(dropped.of(Reason.UNREADABLE)).isZero();
        assertThat(dropped.of(Reason.FUTURE)).isZero();
    }

    @Test
    void ofABarThatIsStillToBeLookedUpNoTradeIsLate() {
        hearing.unreadable(Set.of(BTC));
        trade(hearing, BTC, 11, "1");

        trade(hearing, BTC, 9, "1");

        assertThat(dropped.of(Reason.LATE)).isZero();
    }

    @Test
    void ofABarThatBeganBeforeTheConnectionNoTradeIsLate() {
        bitcoin.learned(new Unknown(FIRST - 1, FIRST - 1), List.of(recorded(FIRST - 1)));

        trade(hearing, BTC, -1, "1");

        assertThat(bitcoin.find(FIRST - 1)).isPresent();
        assertThat(dropped.of(Reason.LATE)).isZero();
    }

    @Test
    void aHeldBarThatIsDoubtfulIsTakenFromItsRecord() {
        var silent = new LiveBars(Duration.ofSeconds(10), 10, Duration.ofSeconds(5));
        silent.connected(NOON.minusSeconds(5));
        silent.traded(new LiveTrade(BTC, Amount.of(100), Amount.of(1), NOON.plusSeconds(1)));
        silent.doubt();
        silent.heard(NOON.plusSeconds(2));
        silent.heard(NOON.plusSeconds(11));
        assertThat(silent.silence()).isPresent();

        var finding = silent.learned(new Unknown(FIRST, FIRST), List.of(recorded(FIRST)));

        assertThat(finding).as("the connection tells of its trades").isEqualTo(Finding.AGREES);
        assertThat(silent.find(FIRST)).contains(recorded(FIRST));
    }

    /** Nobody else has it: it is made of what was heard, and counted. */
    @Test
    void withoutARecordTheBarIsMade() {
        var alone = new DroppedTrades(false);
        var other = hearing(alone);
        other.begin();
        trade(other, BTC, -4, "1");

        other.unreadable(Set.of(BTC));
        trade(other, BTC, 3, "1");
        trade(other, BTC, 11, "1");

        assertThat(bitcoin.find(FIRST)).isPresent();
        assertThat(alone.of(Reason.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void afterTheConnectionIsMadeAnewThereIsNoDoubt() {
        hearing.unreadable(Set.of(BTC));
        bitcoin.interrupted();
        bitcoin.connected(NOON.plusSeconds(3));
        bitcoin.traded(new LiveTrade(BTC, Amount.of(100), Amount.of(1), NOON.plusSeconds(12)));
        bitcoin.heard(NOON.plusSeconds(21));

        assertThat(bitcoin.find(FIRST + 1)).isPresent();
    }

    private Hearing hearing(DroppedTrades counted) {
        return new Hearing(
                Map.of(BTC, bitcoin, ETH, ether),
                Clock.fixed(NOON.minusSeconds(5), ZoneOffset.UTC),
                Duration.ofSeconds(30),
                counted);
    }

    private static void trade(Hearing hearing, String symbol, int second, String quantity) {
        hearing.traded(new LiveTrade(symbol, Amount.of(100), Amount.of(quantity), NOON.plusSeconds(second)));
    }

    private static Bar recorded(long number) {
        var price = Amount.of(100);
        return new Bar(number, Instant.ofEpochSecond(10 * (number + 1)), price, price, price, price, Amount.of(9));
    }
}
