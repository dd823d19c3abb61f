package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.wire.Whole;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decides about a bot.
 *
 * @param name a label for people; need not be unique
 * @param symbols the markets it trades, each once; each gets an equal share of the initial balance; none only if it runs elsewhere
 * @param initialBalance in the quote currency, above zero unless it runs elsewhere
 * @param feeRate of the notional of each fill, 0.001 = 0.1 %
 * @param parameters of the strategy, sorted by name so that equal configurations have equal JSON
 * @param maxDrawdown the fall from the highest total value that stops the bot, 0.2 = 20 %; null = none
 * @param labels by which bots are selected, sorted by name; absent in texts that were written before there were any
 * @param dependsOn the bots that this one needs; absent when there are none
 * @param slippageRate by which share of the price a paper trade is bought dearer and sold cheaper, 0.0005 = 0.05 %; 0 when absent
 * @param limits none when absent
 */
@Whole
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BotConfiguration(
        String name,
        String strategy,
        List<String> symbols,
        Amount initialBalance,
        Amount feeRate,
        Map<String, Amount> parameters,
        RestartPolicy restartPolicy,
        @Nullable Amount maxDrawdown,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labels,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<BotId> dependsOn,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = DefaultValue.class)
        Amount slippageRate,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = DefaultValue.class)
        RiskLimits limits) {

    /** Without slippage and limits. */
    public BotConfiguration(
            String name,
            String strategy,
            List<String> symbols,
            Amount initialBalance,
            Amount feeRate,
            Map<String, Amount> parameters,
            RestartPolicy restartPolicy,
            @Nullable Amount maxDrawdown,
            Map<String, String> labels,
            List<BotId> dependsOn) {
        this(
                name,
                strategy,
                symbols,
                initialBalance,
                feeRate,
                parameters,
                restartPolicy,
                maxDrawdown,
                labels,
                dependsOn,
                Amount.ZERO,
                RiskLimits.NONE);
    }

    /** Without labels. */
    public BotConfiguration(
            String name,
            String strategy,
            List<String> symbols,
            Amount initialBalance,
            Amount feeRate,
            Map<String, Amount> parameters,
            RestartPolicy restartPolicy,
            @Nullable Amount maxDrawdown) {
        this(name, strategy, symbols, initialBalance, feeRate, parameters, restartPolicy, maxDrawdown, Map.of());
    }

    /** Needs no other bot. */
    public BotConfiguration(
            String name,
            String strategy,
            List<String> symbols,
            Amount initialBalance,
            Amount feeRate,
            Map<String, Amount> parameters,
            RestartPolicy restartPolicy,
            @Nullable Amount maxDrawdown,
            Map<String, String> labels) {
        this(
                name,
                strategy,
                symbols,
                initialBalance,
                feeRate,
                parameters,
                restartPolicy,
                maxDrawdown,
                labels,
                List.of());
    }

    public BotConfiguration {
        requireNonNull(name, "name");
        requireNonNull(strategy, "strategy");
        requireNonNull(initialBalance, "initialBalance");
        requireNonNull(feeRate, "feeRate");
        requireNonNull(restartPolicy, "restartPolicy");
        symbols = List.copyOf(symbols);
        parameters = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(parameters)));
        labels = labels == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(labels)));
        dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
        slippageRate = slippageRate == null ? Amount.ZERO : slippageRate;
        limits = limits == null ? RiskLimits.NONE : limits;
        if (symbols.size() != symbols.stream().distinct().count()) {
            throw new IllegalArgumentException("symbols must name each market once");
        }
        if (initialBalance.isNegative()) {
            throw new IllegalArgumentException("initialBalance must not be negative");
        }
        if (feeRate.isNegative()) {
            throw new IllegalArgumentException("feeRate must not be negative");
        }
        if (slippageRate.isNegative()) {
            throw new IllegalArgumentException("slippageRate must not be negative");
        }
    }

    /** Whether what can never change is the same: what the bot trades, and what it began with. */
    boolean sameBasis(BotConfiguration other) {
        return symbols.equals(other.symbols) && initialBalance.equals(other.initialBalance);
    }

    /** SHA-256 in hex; another configuration has another one. */
    public String hash() {
        return ConfigurationHash.of(this);
    }
}
