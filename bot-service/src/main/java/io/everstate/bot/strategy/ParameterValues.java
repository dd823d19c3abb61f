package io.everstate.bot.strategy;

import io.everstate.bot.strategy.StrategyDescription.Parameter;
import io.everstate.contracts.bot.Amount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A value for each parameter of a strategy: the given one, else the default. */
final class ParameterValues {
    private final Map<String, Amount> values = new HashMap<>();

    ParameterValues(List<Parameter> parameters, Map<String, Amount> given) {
        for (var parameter : parameters) {
            values.put(parameter.name(), given.getOrDefault(parameter.name(), parameter.defaultValue()));
        }
    }

    Amount amount(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the strategy has no parameter " + name);
        }
        return value;
    }

    int whole(String name) {
        return amount(name).value().intValueExact();
    }

    double decimal(String name) {
        return amount(name).value().doubleValue();
    }
}
