package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.SteppedBot.BARS;
import static io.everstate.bot.hosting.SteppedBot.NAIVE;
import static io.everstate.bot.hosting.SteppedBot.PLAIN;
import static io.everstate.bot.hosting.SteppedBot.TAPE;
import static io.everstate.bot.hosting.SteppedBot.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.PaperRun;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.Series;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.SymbolState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is lost is gone on with from the log, as if nothing had been. */
@Tag("PT4")
class LostRunsTest {
    @ParameterizedTest(name = "after {0} bars")
    @ValueSource(ints = {1, 3, 17, 50, 101, 233, 399})
    @Tag("BD20")
    void afterALossTheNextRunGoesOnWithTheSameTrades(int bars) {
        var bot = new SteppedBot(PLAIN);
        tick(bot.runner(TAPE), bars);
        bot.lose();

        tick(bot.runner(TAPE), BARS);

        assertThat(bot.fills().stream().filter(fill -> fill.feedPosition() < BARS))
                .isEqualTo(NAIVE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "grid, lower=700 upper=1000 levels=50 amount=150",
        "dca, every=7 amount=200 takeProfit=0.01",
        "dca, every=3 amount=90 takeProfit=0"
    })
    @Tag("BD20")
    void anyStrategyGoesOnAfterALossAsIfItHadNeverStopped(String strategy, String parameters) {
        var configuration = PaperRun.configuration(strategy, parse(parameters), List.of(SampleBots.SYMBOL));
        var naive = new PaperRun(configuration, TAPE).until(BARS).fills();
        var bot = new SteppedBot(configuration);
        for (var runs = 0; runs < 8; runs++) {
            tick(bot.runner(TAPE), 53);
            bot.lose();
        }

        tick(bot.runner(TAPE), BARS);

        assertThat(naive).hasSizeGreaterThan(5);
        assertThat(bot.fills().stream().filter(fill -> fill.feedPosition() < BARS))
                .isEqualTo(naive);
    }

    private static Map<String, Amount> parse(String parameters) {
        return Arrays.stream(parameters.split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Amount.of(pair[1])));
    }

    /** Before, a bot of two markets that was lost between their fills traded them at different times from then on. */
    @Test
    void aMarketThatIsBehindCatchesUpBeforeTheOthersGoOn() {
        var market = new InMemoryMarket(Map.of("BTC/USD", Series.tape(), "ETH/USD", Series.tape()));
        var bot = new SteppedBot(PaperRun.configuration(
                "dca", Map.of("every", Amount.of(10), "amount", Amount.of(100)), List.of("BTC/USD", "ETH/USD")));
        tick(bot.runner(market), 11);
        var ahead = bot.state().portfolio().withSymbol("BTC/USD", symbol -> symbol.marked(Amount.of(900), 99));
        bot.submit(new TakeCheckpoint("one is ahead", folded -> folded.withPortfolio(ahead)));

        var runner = bot.runner(market);
        tick(runner, 1);

        assertThat(bot.fills()).extracting(Fill::symbol, Fill::feedPosition).contains(tuple("ETH/USD", 90L));
        assertThat(runner.newest(bot.state()).portfolio().symbols().values())
                .extracting(SymbolState::feedPosition)
                .containsExactly(100L, 100L);
    }

    /** Before, the bar's number was saved before its fill counted, and whoever went on from there never made the trade. */
    @Test
    @Tag("BD20")
    void aCheckpointBeforeTheFillCountsDoesNotPassItsBarOver() {
        var bot = new SteppedBot(PLAIN);
        var first = NAIVE.getFirst().feedPosition();
        var runner = bot.runner(new InterruptedTape(first, bot::crowd));
        tick(runner, Math.toIntExact(first) + 1);
        bot.log().release();
        bot.submit(new TakeCheckpoint("in the middle of a bar", runner::newest));
        bot.lose();

        tick(bot.runner(TAPE), BARS - Math.toIntExact(first));

        assertThat(bot.fills()).isEqualTo(NAIVE);
    }
}
