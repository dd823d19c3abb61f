package io.everstate.bot.configuration;

import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.ConfigurationVersion;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What changed between two versions of a bot's configuration, field by field. */
record ConfigurationDifferences(int from, int to, List<Difference> differences) {

    /**
     * @param field as {@code parameters.fast}
     * @param before null when it was not there
     * @param after null when it is not there any more
     */
    record Difference(
            String field, @Nullable String before, @Nullable String after) {}

    /** @throws InvalidException names the parameter when it is no number of a version that is kept */
    static ConfigurationVersion version(BotState state, String parameter, @Nullable String number) {
        return state.configurations().stream()
                .filter(version -> Integer.toString(version.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> new InvalidException(List.of(new Violation(
                        parameter,
                        "must be one of the kept versions, "
                                + state.configurations().getFirst().number() + " to "
                                + state.configurations().getLast().number()))));
    }

    static ConfigurationDifferences between(ConfigurationVersion from, ConfigurationVersion to) {
        var before = fields(from.configuration());
        var after = fields(to.configuration());
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var differences = names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new Difference(name, before.get(name), after.get(name)))
                .toList();
        return new ConfigurationDifferences(from.number(), to.number(), differences);
    }

    private static Map<String, String> fields(BotConfiguration configuration) {
        var fields = new TreeMap<String, String>();
        fields.put("name", configuration.name());
        fields.put("strategy", configuration.strategy());
        fields.put("symbols", String.join(", ", configuration.symbols()));
        fields.put("initialBalance", configuration.initialBalance().toString());
        fields.put("feeRate", configuration.feeRate().toString());
        fields.put("restartPolicy", configuration.restartPolicy().name());
        Stream.ofNullable(configuration.maxDrawdown()).forEach(limit -> fields.put("maxDrawdown", limit.toString()));
        if (configuration.slippageRate().isPositive()) {
            fields.put("slippageRate", configuration.slippageRate().toString());
        }
        var limits = configuration.limits();
        Stream.ofNullable(limits.stopLoss()).forEach(limit -> fields.put("limits.stopLoss", limit.toString()));
        Stream.ofNullable(limits.maxTradesPerHour())
                .forEach(limit -> fields.put("limits.maxTradesPerHour", limit.toString()));
        Stream.ofNullable(limits.maxPosition()).forEach(limit -> fields.put("limits.maxPosition", limit.toString()));
        configuration.parameters().forEach((name, value) -> fields.put("parameters." + name, value.toString()));
        configuration.dependsOn().forEach(bot -> fields.put("dependsOn." + bot, "needed"));
        configuration.labels().forEach((name, value) -> fields.put("labels." + name, value));
        return fields;
    }
}
