package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everstate.contracts.bot.BotEvent.BotConfigured;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.Transition.Accepted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a bot has after it went back, and what it keeps of the time since. */
@Tag("GR3")
class GoingBackTest {
    private static final BotId BOT = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11");
    private static final BotId OTHER = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c12");
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");

    private final BotState old = bought(bought(started(BOT), "BTC/USD", 1), "ETH/USD", 2);
    private final BotState present = bought(bought(old, "BTC/USD", 3), "ETH/USD", 4);

    @Test
    void holdingsAndTradesAreTheOldOnes() {
        var back = present.goneBackTo(old, null);

        assertThat(back.portfolio()).isEqualTo(old.portfolio());
        assertThat(back.sequence()).isEqualTo(present.sequence());
    }

    @Test
    void oneMarketGoesBackAndTheTotalsFollow() {
        var back = present.goneBackTo(old, "ETH/USD");

        assertThat(symbol(back, "ETH/USD")).isEqualTo(symbol(old, "ETH/USD"));
        assertThat(symbol(back, "BTC/USD")).isEqualTo(symbol(present, "BTC/USD"));
        assertThat(back.portfolio().trades()).isEqualTo(3);
        assertThat(back.portfolio().recentTrades())
                .extracting(Trade::symbol)
                .containsExactly("BTC/USD", "ETH/USD", "BTC/USD");
        assertThat(back.portfolio().totalValue())
                .isEqualTo(symbol(old, "ETH/USD")
                        .totalValue()
                        .plus(symbol(present, "BTC/USD").totalValue()));
    }

    /** Before, a bot that had won most in the market that it gives up stopped in emergency at its first bar. */
    @Test
    @Tag("PT7")
    void theTotalOfABotThatGoesBackInOneMarketFallsFromThere() {
        var won = present.withPortfolio(present.portfolio().withHighest(Amount.of(1_000_000)));

        var back = won.goneBackTo(old, "ETH/USD").portfolio();

        assertThat(won.portfolio().drawdown()).isGreaterThan(Amount.of("0.9"));
        assertThat(back.highest()).isEqualTo(back.totalValue());
        assertThat(back.drawdown()).isEqualTo(Amount.ZERO);
    }

    @Test
    @Tag("PT7")
    void whatPeopleDecidedSinceStays() {
        var changed = then(present, new BotConfigured(configuration("renamed"), "ann"), null);
        var stopped = then(changed, new EmergencyStopped("too much lost", Amount.of("0.3")), null);

        var back = stopped.goneBackTo(old, null);

        assertThat(back.configuration().name()).isEqualTo("renamed");
        assertThat(back.configurations()).isEqualTo(stopped.configurations());
        assertThat(back.lifecycle()).isEqualTo(stopped.lifecycle());
    }

    /** Nobody cleared it. */
    @Test
    @Tag("PT14")
    void aStopLossThatWasHitSinceStays() {
        var hit = present.withPortfolio(
                present.portfolio().withSymbol("ETH/USD", symbol -> symbol.limitedBy(Limit.STOP_LOSS)));

        assertThat(symbol(hit.goneBackTo(old, null), "ETH/USD").maxLossReached())
                .isTrue();
        assertThat(symbol(hit.goneBackTo(old, "ETH/USD"), "ETH/USD").maxLossReached())
                .isTrue();
        assertThat(symbol(hit.goneBackTo(old, null), "BTC/USD").maxLossReached())
                .isFalse();
    }

    /** Else a command that was answered before the restore would happen a second time after it. */
    @Test
    void theKeysOfAllCommandsStayTheNewestFirst() {
        var before =
                IntStream.range(0, 100).boxed().reduce(old, (state, i) -> keyed(state, "old " + i), (_, last) -> last);
        var since = IntStream.range(0, 100)
                .boxed()
                .reduce(before, (state, i) -> keyed(state, "since " + i), (_, last) -> last);

        var back = since.goneBackTo(before, null);

        assertThat(back.outcomes()).isEqualTo(since.outcomes());
        assertThat(back.outcomeOf("since 0")).isPresent();
        assertThat(back.outcomeOf("old 99")).isPresent();
        assertThat(back.outcomeOf("old 0")).isEmpty();
    }

    /** A state of another store can know more than the log does. */
    @Test
    void aLaterStateIsGoneOnFromAboveItsNumberAndWithItsKeys() {
        var later = keyed(present, "later");

        var back = present.goneBackTo(later, null);

        assertThat(back.sequence()).isEqualTo(later.sequence());
        assertThat(back.outcomeOf("later")).isPresent();
    }

    @Test
    void anotherBotsStateIsRefused() {
        var other = started(OTHER);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> present.goneBackTo(other, null))
                .withMessageContaining("another bot");
    }

    @Test
    void aStateOfOtherMarketsIsRefused() {
        var only = old.withPortfolio(new Portfolio(Map.of("BTC/USD", symbol(old, "BTC/USD")), List.of()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> present.goneBackTo(only, "BTC/USD"))
                .withMessageContaining("other markets");
    }

    private static SymbolState symbol(BotState state, String name) {
        return requireNonNull(state.portfolio().symbols().get(name));
    }

    private static BotState started(BotId bot) {
        var created = (Accepted)
                Transition.of(bot, null, new BotCreated(BotKind.TRADING, configuration("goes back")), 1, BEGIN, null);
        return then(created.state(), new BotStarted(), null);
    }

    private static BotConfiguration configuration(String name) {
        return new BotConfiguration(
                name,
                "sma-cross",
                List.of("BTC/USD", "ETH/USD"),
                Amount.of(1_000),
                Amount.ZERO,
                Map.of(),
                RestartPolicy.MANUAL,
                null);
    }

    private static BotState bought(BotState state, String symbol, long bar) {
        var fill =
                new Fill(symbol, Side.BUY, Amount.of(1), Amount.of(bar * 10), Amount.ZERO, BEGIN.plusSeconds(bar), bar);
        return then(state, new TradeExecuted(fill), null);
    }

    private static BotState keyed(BotState state, String key) {
        return then(state, new BotConfigured(configuration(key), "ann"), key);
    }

    private static BotState then(BotState state, BotEvent event, @Nullable String key) {
        var sequence = state.sequence() + 1;
        return ((Accepted) Transition.of(state.id(), state, event, sequence, BEGIN.plusSeconds(sequence), key)).state();
    }
}
