package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.live.KnownBars.Unknown;
import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveBarsTest {
    private static final String SYMBOL = "BTC/USDT";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration PATIENT = Duration.ofDays(1_000);
    /** The first whole bar of who connects half a minute past noon. */
    private static final long FIRST = NOON.getEpochSecond() / 60 + 1;

    private final LiveBars bars = new LiveBars(MINUTE, 3, PATIENT);

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
        var many = new LiveBars(MINUTE, 100, PATIENT);
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

    @Test
    void whatWasMissedIsLookedUpWithTheBarsThatWereHeardInPart() {
        var many = new LiveBars(MINUTE, 5, PATIENT);
        many.connected(at(30));
        trade(many, 65, "100", "1");
        many.heard(at(121));
        trade(many, 130, "105", "1");
        many.interrupted();
        many.connected(at(310));
        assertThat(many.unknown(at(310))).contains(new Unknown(FIRST + 1, FIRST + 3));

        many.learned(new Unknown(FIRST + 1, FIRST + 3), recorded(FIRST + 1, FIRST + 3));

        assertThat(many.unknown(at(360))).as("it may not be settled").isEmpty();
        assertThat(many.unknown(at(361))).contains(new Unknown(FIRST + 4, FIRST + 4));
        many.learned(new Unknown(FIRST + 4, FIRST + 4), recorded(FIRST + 4, FIRST + 4));
        trade(many, 365, "70", "1");
        many.heard(at(421));

        assertThat(LongStream.rangeClosed(FIRST + 1, FIRST + 5).mapToObj(many::find))
                .doesNotContain(Optional.empty());
        assertThat(many.find(FIRST + 1)).contains(record(FIRST + 1, "7", "3"));
        assertThat(many.look(FIRST + 3)).isInstanceOf(Look.Present.class);
        assertThat(many.unknown(at(421))).isEmpty();
    }

    /** Without waiting for the first bar that is heard as a whole. */
    @Test
    void whenAllThatIsOverIsKnownItGoesOn() {
        bars.learned(new Unknown(FIRST - 3, FIRST - 1), recorded(FIRST - 3, FIRST - 1));
        heard(61);

        assertThat(bars.look(FIRST - 1)).isEqualTo(new Look.Present(record(FIRST - 1, "7", "3")));
        assertThat(bars.look(FIRST)).isEqualTo(new Look.NotYet());
        assertThat(bars.unknown(at(61))).isEmpty();
    }

    @Test
    void aBarThatIsThereDoesNotChange() {
        trade(65, "100", "1");
        heard(121);
        var before = bars.find(FIRST);

        bars.learned(new Unknown(FIRST - 2, FIRST), recorded(FIRST - 2, FIRST));

        assertThat(bars.find(FIRST)).isEqualTo(before);
        assertThat(bars.find(FIRST - 1)).isPresent();
    }

    @Test
    void whatAMarketNeverHadIsNotAskedForAgain() {
        assertThat(bars.unknown(at(61))).contains(new Unknown(FIRST - 3, FIRST - 1));

        bars.learned(new Unknown(FIRST - 3, FIRST - 1), recorded(FIRST - 1, FIRST - 1));

        assertThat(bars.unknown(at(61))).isEmpty();
    }

    @Test
    void aRecordThatLeavesBarsOutBehindKnownOnesIsNotUsed() {
        var many = new LiveBars(MINUTE, 100, PATIENT);
        many.connected(at(30));
        trade(many, 65, "100", "1");
        many.heard(at(121));
        many.interrupted();
        many.connected(at(310));

        var finding = many.learned(new Unknown(FIRST + 1, FIRST + 3), recorded(FIRST + 2, FIRST + 3));

        assertThat(finding).isEqualTo(Finding.LEAVES_OUT);
        assertThat(many.find(FIRST + 2)).isEmpty();
    }

    @Test
    void notMoreThanAThousandAreAskedForAtOnceTheNewestFirst() {
        var many = new LiveBars(MINUTE, 2_500, PATIENT);
        many.connected(at(30));

        assertThat(many.unknown(at(61))).contains(new Unknown(FIRST - 1_000, FIRST - 1));
    }

    @Test
    void aMarketThatIsSilentForTooLongWhileOthersAreHeardIsHeld() {
        var doubtful = doubtful();

        assertThat(doubtful.look(FIRST)).isEqualTo(new Look.NotYet());
        assertThat(doubtful.look(FIRST + 1)).isEqualTo(new Look.NotYet());
        assertThat(doubtful.find(FIRST + 1)).isEmpty();
        assertThat(doubtful.newestPrice()).isEmpty();
        assertThat(doubtful.silence()).contains(Duration.ofSeconds(116));
        assertThat(doubtful.unknown(at(181))).contains(new Unknown(FIRST + 1, FIRST + 1));
    }

    @Test
    void aTradeOfItsOwnShowsThatItWasQuiet() {
        var doubtful = doubtful();

        trade(doubtful, 182, "101", "1");
        doubtful.heard(at(182));

        assertThat(doubtful.silence()).isEmpty();
        assertThat(doubtful.find(FIRST + 1)).contains(record(FIRST + 1, "100", "0"));
    }

    @Test
    void aRecordWithoutTradesShowsThatItWasQuiet() {
        var doubtful = doubtful();

        var finding = doubtful.learned(new Unknown(FIRST + 1, FIRST + 1), List.of(record(FIRST + 1, "100", "0")));

        assertThat(finding).isEqualTo(Finding.AGREES);
        assertThat(doubtful.silence()).isEmpty();
        assertThat(doubtful.look(FIRST + 1)).isEqualTo(new Look.Present(record(FIRST + 1, "100", "0")));
        doubtful.heard(at(241));
        assertThat(doubtful.silence()).as("and is asked again, a bar later").isPresent();
    }

    @Test
    void aRecordWithTradesShowsThatItIsNotHeard() {
        var asked = new Unknown(FIRST + 1, FIRST + 1);

        assertThat(doubtful().learned(asked, List.of(record(FIRST + 1, "100", "2"))))
                .isEqualTo(Finding.UNHEARD);
        assertThat(doubtful().learned(asked, List.of(record(FIRST + 1, "99", "0"))))
                .as("somebody must have traded at that price")
                .isEqualTo(Finding.UNHEARD);
    }

    @Test
    void aRecordThatIsBehindShowsNothing() {
        var doubtful = new LiveBars(MINUTE, 100, Duration.ofSeconds(10));
        doubtful.connected(at(30));
        trade(doubtful, 65, "100", "1");
        doubtful.heard(at(121));

        var finding = doubtful.learned(new Unknown(FIRST, FIRST), List.of(record(FIRST, "100", "0.5")));

        assertThat(finding).isEqualTo(Finding.BEHIND);
        assertThat(doubtful.silence()).isPresent();
        assertThat(doubtful.learned(new Unknown(FIRST, FIRST), List.of(record(FIRST, "100", "1"))))
                .isEqualTo(Finding.AGREES);
        assertThat(doubtful.find(FIRST)).isPresent();
    }

    /** The record of the later one must not be passed over because the first one ended the doubt. */
    @Test
    void everyHeldBarIsComparedWithItsRecord() {
        var doubtful = new LiveBars(MINUTE, 100, Duration.ofSeconds(90));
        doubtful.connected(at(30));
        trade(doubtful, 65, "100", "1");
        doubtful.heard(at(121));
        doubtful.heard(at(241));

        var finding = doubtful.learned(
                new Unknown(FIRST + 1, FIRST + 2),
                List.of(record(FIRST + 1, "100", "0"), record(FIRST + 2, "100", "1")));

        assertThat(finding).isEqualTo(Finding.UNHEARD);
        assertThat(doubtful.find(FIRST + 2)).isEmpty();
    }

    @Test
    void theClockOfThisMachineCanGoBackwards() {
        trade(65, "100", "1");
        heard(121);
        var before = bars.find(FIRST);

        bars.connected(at(-300));
        trade(66, "5", "1");
        heard(122);

        assertThat(bars.find(FIRST)).isEqualTo(before);
    }

    /** Its last trade was at 65 s, others were heard up to 181 s, and it may be silent for a minute. */
    private static LiveBars doubtful() {
        var doubtful = new LiveBars(MINUTE, 100, MINUTE);
        doubtful.connected(at(30));
        trade(doubtful, 65, "100", "1");
        doubtful.heard(at(121));
        doubtful.heard(at(181));
        return doubtful;
    }

    private static List<Bar> recorded(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> record(number, "7", "3"))
                .toList();
    }

    private static Bar record(long number, String price, String volume) {
        var at = Instant.ofEpochSecond(60 * (number + 1));
        var amount = Amount.of(price);
        return new Bar(number, at, amount, amount, amount, amount, Amount.of(volume));
    }

    private static void trade(LiveBars market, long second, String price, String quantity) {
        market.traded(new LiveTrade(SYMBOL, Amount.of(price), Amount.of(quantity), at(second)));
    }

    private static Instant at(long second) {
        return NOON.plusSeconds(second);
    }

    private void trade(long second, String price, String quantity) {
        bars.traded(new LiveTrade(SYMBOL, Amount.of(price), Amount.of(quantity), NOON.plusSeconds(second)));
    }

    private void heard(long second) {
        bars.heard(NOON.plusSeconds(second));
    }
}
