package io.everstate.bot.strategy;

import io.everstate.bot.trading.TradingStrategy;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A strategy for people, and the way to make it.
 *
 * @param ordered two parameters of which the first must be below the second; null when any go together
 */
record StrategyDefinition(
        StrategyDescription description, @Nullable Pair ordered, Function<ParameterValues, TradingStrategy> strategy) {

    record Pair(String lower, String upper) {}

    /** The strategy for parameters without violations. */
    TradingStrategy strategy(Map<String, Amount> given) {
        return strategy.apply(values(given));
    }

    /** What is wrong with each parameter, and if nothing is, with all together. */
    List<Violation> violations(Map<String, Amount> given) {
        var violations = new ArrayList<Violation>();
        new TreeMap<>(given).forEach((name, value) -> violation(name, value).ifPresent(violations::add));
        if (violations.isEmpty()) {
            disorder(values(given)).ifPresent(violations::add);
        }
        return violations;
    }

    private Optional<Violation> violation(String name, Amount value) {
        for (var parameter : description.parameters()) {
            if (parameter.name().equals(name)) {
                return parameter.allows(value)
                        ? Optional.empty()
                        : Optional.of(new Violation(field(name), parameter.refusal(value)));
            }
        }
        var known = description.parameters().stream()
                .map(StrategyDescription.Parameter::name)
                .toList();
        return Optional.of(new Violation(
                field(name),
                "is not a parameter of " + description.name() + ", which knows " + String.join(", ", known)));
    }

    private Optional<Violation> disorder(ParameterValues values) {
        if (ordered == null) {
            return Optional.empty();
        }
        var lower = values.amount(ordered.lower());
        var upper = values.amount(ordered.upper());
        return lower.compareTo(upper) < 0
                ? Optional.empty()
                : Optional.of(new Violation(
                        field(ordered.lower()),
                        "must be below " + ordered.upper() + ", but " + lower + " is not below " + upper));
    }

    private ParameterValues values(Map<String, Amount> given) {
        return new ParameterValues(description.parameters(), given);
    }

    private static String field(String parameter) {
        return "parameters." + parameter;
    }
}
