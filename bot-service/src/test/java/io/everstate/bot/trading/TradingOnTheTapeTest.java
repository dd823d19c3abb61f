package io.everstate.bot.trading;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Transition;
import io.everstate.contracts.bot.Transition.Accepted;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each strategy trades on the whole real tape, through the fold, often enough to be watched. */
class TradingOnTheTapeTest {
    private static final String SYMBOL = "BTC/USD";
    private static final List<Bar> TAPE = Series.tape();

    private final PaperExchange exchange = new PaperExchange();

    @ParameterizedTest(name = "{0} {1}: at least {2} trades in 1,000 bars")
    @CsvSource(delimiter = '|', textBlock = """
                    sma-cross     | fast=3 slow=8                       | 150
                    sma-cross     | fast=5 slow=20                      | 70
                    sma-cross     | fast=10 slow=30                     | 40
                    rsi-reversion | period=5 oversold=30 overbought=70  | 100
                    rsi-reversion | period=14 oversold=30 overbought=70 | 20
                    bollinger     | period=10 deviations=1.5            | 40
                    bollinger     | period=20 deviations=2              | 15
                    """)
    void tradesRegularlyAndTheFoldTakesEveryFill(String name, String parameters, int atLeast) {
        var strategy = new StrategyCatalogue().create(name, parse(parameters));
        var state = applied(applied(null, created(name, parse(parameters))), new BotStarted());

        for (var bar : TAPE) {
            var holdings = requireNonNull(state.portfolio().symbols().get(SYMBOL));
            var fill = exchange.fill(SYMBOL, holdings, strategy.onBar(bar), bar, Amount.of("0.001"));
            if (fill.isPresent()) {
                state = applied(state, new TradeExecuted(fill.get()));
            }
        }

        var trades = state.portfolio().trades();
        assertThat(trades * 1_000 / TAPE.size()).isGreaterThanOrEqualTo(atLeast);
    }

    private static BotEvent created(String strategy, Map<String, Amount> parameters) {
        return new BotCreated(
                BotKind.TRADING,
                new BotConfiguration(
                        "one",
                        strategy,
                        List.of(SYMBOL),
                        Amount.of(10_000),
                        Amount.of("0.001"),
                        parameters,
                        RestartPolicy.RESUME,
                        null));
    }

    private static BotState applied(@Nullable BotState state, BotEvent event) {
        var sequence = state == null ? 1 : state.sequence() + 1;
        var id = new BotId(new UUID(1, 1));
        var transition = Transition.of(id, state, event, sequence, Instant.EPOCH, null);
        assertThat(transition).isInstanceOf(Accepted.class);
        return ((Accepted) transition).state();
    }

    private static Map<String, Amount> parse(String parameters) {
        return Arrays.stream(parameters.split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Amount.of(pair[1])));
    }
}
