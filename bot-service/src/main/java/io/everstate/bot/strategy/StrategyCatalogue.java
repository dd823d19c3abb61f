package io.everstate.bot.strategy;

import io.everstate.bot.strategy.StrategyDefinition.Pair;
import io.everstate.bot.strategy.StrategyDescription.Parameter;
import io.everstate.bot.trading.TradingStrategy;
import io.everstate.bot.trading.Triangle;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.CurrencyPair;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The strategies a bot can have, and the check of their parameters; a missing parameter has its default. */
public final class StrategyCatalogue {
    public static final String TRIANGULAR_ARBITRAGE = "triangular-arbitrage";

    private static final int MAX_PERIOD = 500;
    private static final int MAX_LEVELS = 50;
    private static final int MAX_PAUSE = 1_000_000;
    private static final String LARGEST = "1000000000000";

    private static final List<StrategyDefinition> DEFINITIONS = List.of(
            movingAverageCross(),
            relativeStrengthReversion(),
            bollingerReversion(),
            grid(),
            costAveraging(),
            triangularArbitrage());

    private static StrategyDefinition movingAverageCross() {
        var description = new StrategyDescription(
                "sma-cross",
                "Buys when the fast moving average of the closes crosses above the slow one, sells when it crosses below.",
                List.of(
                        Parameter.whole("fast", 10, 1, MAX_PERIOD - 1, "bars of the fast average; fewer than slow"),
                        Parameter.whole("slow", 30, 2, MAX_PERIOD, "bars of the slow average")));
        return new StrategyDefinition(
                description,
                new Pair("fast", "slow"),
                values -> new SignalStrategy(new MovingAverageCross(values.whole("fast"), values.whole("slow"))));
    }

    private static StrategyDefinition relativeStrengthReversion() {
        var description = new StrategyDescription(
                "rsi-reversion",
                "Buys while the relative strength index (Cutler's) is below oversold, sells while it is above overbought.",
                List.of(
                        Parameter.whole("period", 14, 2, MAX_PERIOD, "bars of the index"),
                        Parameter.decimal("oversold", "30", "0", "100", "buy below; must be below overbought"),
                        Parameter.decimal("overbought", "70", "0", "100", "sell above")));
        return new StrategyDefinition(
                description,
                new Pair("oversold", "overbought"),
                values -> new SignalStrategy(new RelativeStrengthReversion(
                        values.whole("period"), values.decimal("oversold"), values.decimal("overbought"))));
    }

    private static StrategyDefinition bollingerReversion() {
        var description = new StrategyDescription(
                "bollinger",
                "Buys while the close is below the lower Bollinger band, sells while it is above the upper one.",
                List.of(
                        Parameter.whole("period", 20, 2, MAX_PERIOD, "bars of the average and the deviation"),
                        Parameter.decimal(
                                "deviations", "2", "0.1", "10", "distance of the bands in standard deviations")));
        return new StrategyDefinition(
                description,
                null,
                values -> new SignalStrategy(
                        new BollingerReversion(values.whole("period"), values.decimal("deviations"))));
    }

    private static StrategyDefinition grid() {
        var description = new StrategyDescription(
                "grid",
                "Buys a lot at each step that the price falls within a range, sells it a step higher.",
                List.of(
                        Parameter.decimal("lower", "700", "0.00000001", LARGEST, "price under which no more is bought"),
                        Parameter.decimal(
                                "upper", "1300", "0.00000001", LARGEST, "price from which on nothing is held"),
                        Parameter.whole("levels", 12, 1, MAX_LEVELS, "steps between lower and upper"),
                        Parameter.decimal("amount", "500", "0.01", LARGEST, "money of one lot, fee included")));
        return new StrategyDefinition(
                description,
                new Pair("lower", "upper"),
                values -> new Grid(
                        values.amount("lower"),
                        values.amount("upper"),
                        values.whole("levels"),
                        values.amount("amount")));
    }

    private static StrategyDefinition costAveraging() {
        var description = new StrategyDescription(
                "dca",
                "Buys for the same amount at regular times, whatever the price (dollar cost averaging).",
                List.of(
                        Parameter.whole("every", 60, 1, MAX_PAUSE, "bars from one purchase to the next"),
                        Parameter.decimal("amount", "100", "0.01", LARGEST, "money of one purchase, fee included"),
                        Parameter.decimal(
                                "takeProfit",
                                "0",
                                "0",
                                "100",
                                "share above the entry price at which all is sold; 0 = never")));
        return new StrategyDefinition(
                description,
                null,
                values ->
                        new CostAveraging(values.whole("every"), values.amount("amount"), values.amount("takeProfit")));
    }

    private static StrategyDefinition triangularArbitrage() {
        var description = new StrategyDescription(
                TRIANGULAR_ARBITRAGE,
                "Trades around a triangle of three markets, A/Q, B/A and B/Q, when that gains more than it costs.",
                List.of(
                        Parameter.decimal("stake", "1000", "0.01", LARGEST, "the most that one cycle costs"),
                        Parameter.decimal(
                                "margin",
                                "0.0005",
                                "0",
                                "1",
                                "least gain as a share of the cost, fees and slippage deducted")));
        return new StrategyDefinition(
                description, null, values -> new TriangularArbitrage(values.amount("stake"), values.amount("margin")));
    }

    public List<StrategyDescription> all() {
        return DEFINITIONS.stream().map(StrategyDefinition::description).toList();
    }

    /** What is wrong with a bot's {@code strategy} and {@code parameters.<name>}, for the one who configures it; empty when nothing is. */
    public List<Violation> violations(String strategy, Map<String, Amount> parameters) {
        return find(strategy)
                .map(definition -> definition.violations(parameters))
                .orElseGet(() -> List.of(new Violation("strategy", "is \"" + strategy + "\", not one of " + names())));
    }

    /**
     * What keeps a strategy from these markets, for the one who configures it: a bot counts its money in one currency, so its markets have
     * one quote currency, or are a triangle whose strategy changes one into the other.
     */
    public List<Violation> marketViolations(String strategy, List<String> symbols) {
        if (strategy.equals(TRIANGULAR_ARBITRAGE)) {
            return Triangle.of(symbols).isPresent()
                    ? List.of()
                    : List.of(new Violation("symbols", "must be three markets as A/Q, B/A and B/Q, in any order"));
        }
        var quotes = symbols.stream()
                .map(symbol ->
                        CurrencyPair.find(symbol).map(CurrencyPair::quote).orElse(symbol))
                .distinct()
                .toList();
        return quotes.size() < 2
                ? List.of()
                : List.of(
                        new Violation("symbols", "must have one quote currency, not " + String.join(" and ", quotes)));
    }

    /** @throws ProblemException INVALID, naming the violations if there are any */
    public TradingStrategy create(String strategy, Map<String, Amount> parameters) {
        var violations = violations(strategy, parameters);
        if (!violations.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, sentence(violations));
        }
        return find(strategy).orElseThrow().strategy(parameters);
    }

    private static Optional<StrategyDefinition> find(String strategy) {
        return DEFINITIONS.stream()
                .filter(definition -> definition.description().name().equals(strategy))
                .findFirst();
    }

    private String names() {
        return all().stream().map(StrategyDescription::name).collect(Collectors.joining(", "));
    }

    private static String sentence(List<Violation> violations) {
        return violations.stream()
                .map(violation -> violation.field() + " " + violation.message())
                .collect(Collectors.joining("; "));
    }
}
