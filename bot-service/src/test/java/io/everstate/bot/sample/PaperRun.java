package io.everstate.bot.sample;

import static java.util.Objects.requireNonNull;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.Desk;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.bot.trading.RiskGuard;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.bot.SymbolState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Strategy, limits, exchange and fold in one loop over one market or a triangle, without a log. */
public final class PaperRun {
    private final MarketFeed market;
    private final Desk desk;
    private final List<BotEvent> events = new ArrayList<>();
    private BotState state;

    public PaperRun(BotConfiguration configuration, MarketFeed market) {
        this(SampleBots.then(SampleBots.created(SampleBots.id(1), configuration), new BotStarted()), market);
    }

    private PaperRun(BotState state, MarketFeed market) {
        this.market = market;
        this.state = state;
        var configuration = state.configuration();
        this.desk = Desk.of(
                new StrategyCatalogue().create(configuration.strategy(), configuration.parameters()),
                state.portfolio().symbols().keySet(),
                RiskGuard.of(configuration),
                new MarketWindows(market));
    }

    /** One that knows nothing but what was folded, as after a crash. */
    public PaperRun resumed() {
        return new PaperRun(state, market);
    }

    /** Goes on behind the newest bar that counts, up to that one and without it. */
    public PaperRun until(long end) {
        var symbols = state.portfolio().symbols();
        for (var number = symbols.values().iterator().next().feedPosition() + 1; number < end; number++) {
            at(number);
        }
        return this;
    }

    private void at(long number) {
        var bars = new LinkedHashMap<String, Bar>();
        var marked = new LinkedHashMap<String, SymbolState>();
        state.portfolio().symbols().forEach((symbol, folded) -> {
            var bar = market.bar(symbol, number).orElseThrow();
            bars.put(symbol, bar);
            marked.put(symbol, folded.marked(bar.close(), number));
        });
        desk.decide(marked, bars).ifPresent(command -> {
            var event = requireNonNull(command.event(state));
            events.add(event);
            state = SampleBots.then(state, event);
        });
    }

    public BotState state() {
        return state;
    }

    public SymbolState symbol(String symbol) {
        return requireNonNull(state.portfolio().symbols().get(symbol));
    }

    public List<BotEvent> events() {
        return events;
    }

    public List<Fill> fills() {
        return events.stream().flatMap(event -> event.fills().stream()).toList();
    }

    public static BotConfiguration configuration(
            String strategy, Map<String, Amount> parameters, List<String> symbols) {
        return new BotConfiguration(
                "paper",
                strategy,
                symbols,
                Amount.of(10_000),
                Amount.of("0.001"),
                parameters,
                RestartPolicy.RESUME,
                null,
                Map.of(),
                List.of(),
                Amount.of("0.0005"),
                RiskLimits.NONE);
    }
}
