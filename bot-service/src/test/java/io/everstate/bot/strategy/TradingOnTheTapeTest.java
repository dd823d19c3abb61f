package io.everstate.bot.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.TapeFeed;
import io.everstate.bot.sample.PaperRun;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each strategy trades on the whole real tape, through the fold, often enough to be watched. */
class TradingOnTheTapeTest {
    private static final TapeFeed TAPE = TapeFeed.bundled(Duration.ofMinutes(1), false);

    @ParameterizedTest(name = "{0} {1}: at least {2} trades in 1,000 bars")
    @CsvSource(delimiter = '|', textBlock = """
                    sma-cross     | fast=3 slow=8                       | 150
                    sma-cross     | fast=5 slow=20                      | 70
                    sma-cross     | fast=10 slow=30                     | 40
                    rsi-reversion | period=5 oversold=30 overbought=70  | 100
                    rsi-reversion | period=14 oversold=30 overbought=70 | 20
                    bollinger     | period=10 deviations=1.5            | 40
                    bollinger     | period=20 deviations=2              | 15
                    grid          | levels=50 amount=150                | 20
                    dca           | every=60 takeProfit=0.01            | 15
                    """)
    void tradesRegularlyAndTheFoldTakesEveryFill(String name, String parameters, int atLeast) {
        var run = new PaperRun(PaperRun.configuration(name, parse(parameters), List.of(TapeFeed.SYMBOL)), TAPE);

        run.until(TAPE.length());

        assertThat(run.state().portfolio().trades() * 1_000 / TAPE.length()).isGreaterThanOrEqualTo(atLeast);
    }

    private static Map<String, Amount> parse(String parameters) {
        return Arrays.stream(parameters.split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Amount.of(pair[1])));
    }
}
