package io.everstate.bot.trading;

import io.everstate.bot.trading.StrategyDefinition.Pair;
import io.everstate.bot.trading.StrategyDescription.Parameter;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The strategies a bot can have, and the check of their parameters; a missing parameter has its default. */
public final class StrategyCatalogue {
    private static final int MAX_PERIOD = 500;

    private static final List<StrategyDefinition> DEFINITIONS =
            List.of(movingAverageCross(), relativeStrengthReversion(), bollingerReversion());

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
                values -> new MovingAverageCross(values.whole("fast"), values.whole("slow")));
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
                values -> new RelativeStrengthReversion(
                        values.whole("period"), values.decimal("oversold"), values.decimal("overbought")));
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
                values -> new BollingerReversion(values.whole("period"), values.decimal("deviations")));
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
     * A strategy that has seen no bar yet.
     *
     * @throws ProblemException INVALID, naming the violations if there are any
     */
    public TradingStrategy create(String strategy, Map<String, Amount> parameters) {
        return new WindowedStrategy(rule(strategy, parameters));
    }

    /**
     * How many of the newest bars a decision depends on, the one it is made at included.
     *
     * @throws ProblemException INVALID, naming the violations if there are any
     */
    public int warmUpBars(String strategy, Map<String, Amount> parameters) {
        return rule(strategy, parameters).bars();
    }

    private WindowRule rule(String strategy, Map<String, Amount> parameters) {
        var violations = violations(strategy, parameters);
        if (!violations.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, sentence(violations));
        }
        return find(strategy).orElseThrow().rule(parameters);
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
