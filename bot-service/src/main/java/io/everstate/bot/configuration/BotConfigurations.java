package io.everstate.bot.configuration;

import io.everstate.bot.configuration.ConfigurationChange.Changed;
import io.everstate.bot.fleet.FleetConfiguration;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns what an operator says about a new bot into a configuration that can run. */
@ApplicationScoped
public class BotConfigurations {
    private static final Amount ONE = Amount.of(1);
    /** So that sums over a whole fleet can still be kept. */
    private static final Amount LARGEST_BALANCE = Amount.of(1_000_000_000_000L);

    private final StrategyCatalogue strategies;
    private final MarketFeed market;
    private final Amount defaultFeeRate;

    BotConfigurations(StrategyCatalogue strategies, MarketFeed market, FleetConfiguration configuration) {
        this.strategies = strategies;
        this.market = market;
        this.defaultFeeRate = configuration.defaultFeeRate();
    }

    /**
     * @param request with everything present that its annotations demand
     * @throws InvalidException names every field that is wrong
     */
    public BotConfiguration valid(CreateBotRequest request) {
        var strategy = Objects.requireNonNull(request.strategy());
        var symbols = Objects.requireNonNull(request.symbols());
        var balance = Objects.requireNonNull(request.initialBalance());
        var feeRate = Objects.requireNonNullElse(request.feeRate(), defaultFeeRate);
        var parameters = Objects.requireNonNullElse(request.parameters(), Map.<String, Amount>of());
        var labels = Objects.requireNonNullElse(request.labels(), Map.<String, String>of());
        var slippageRate = Objects.requireNonNullElse(request.slippageRate(), Amount.ZERO);
        var limits = Objects.requireNonNullElse(request.limits(), RiskLimits.NONE);
        var violations = new ArrayList<>(strategies.violations(strategy, parameters));
        violations.addAll(symbolViolations(strategy, symbols));
        violations.addAll(amountViolations(balance, feeRate, request.maxDrawdown()));
        violations.addAll(Labels.violations(labels));
        violations.addAll(RiskRules.violations(slippageRate, limits));
        if (!violations.isEmpty()) {
            throw new InvalidException(violations);
        }
        return new BotConfiguration(
                Objects.requireNonNull(request.name()),
                strategy,
                symbols,
                balance,
                feeRate,
                parameters,
                Objects.requireNonNullElse(request.restartPolicy(), RestartPolicy.RESUME),
                request.maxDrawdown(),
                labels,
                List.of(),
                slippageRate,
                limits);
    }

    /**
     * What a bot is configured to be anew. Symbols and initial balance are the saved ones: the first may not be named otherwise, the second
     * may, which is warned of.
     *
     * @param request with everything present that its annotations demand
     * @throws InvalidException names every field that is wrong
     */
    Changed changed(BotConfiguration saved, ConfigureBotRequest request) {
        var configuration = valid(new CreateBotRequest(
                request.name(),
                request.strategy(),
                saved.symbols(),
                saved.initialBalance(),
                request.feeRate(),
                request.parameters(),
                request.restartPolicy(),
                request.maxDrawdown(),
                request.labels(),
                request.slippageRate(),
                request.limits()));
        if (request.symbols() != null && !request.symbols().equals(saved.symbols())) {
            throw new InvalidException(
                    List.of(new Violation("symbols", "are " + saved.symbols() + " and never change for a bot")));
        }
        return new Changed(configuration, warnings(saved, request.initialBalance()));
    }

    private static List<String> warnings(BotConfiguration saved, @Nullable Amount balance) {
        return balance == null || balance.equals(saved.initialBalance())
                ? List.of()
                : List.of("the initial balance is %s and stays: the bot has traded with it; %s is not used"
                        .formatted(saved.initialBalance(), balance));
    }

    private List<Violation> symbolViolations(String strategy, List<String> symbols) {
        var violations = new ArrayList<Violation>();
        for (var symbol : symbols) {
            if (!market.symbols().contains(symbol)) {
                violations.add(new Violation("symbols", "\"%s\" is not among %s".formatted(symbol, market.symbols())));
            }
        }
        if (new HashSet<>(symbols).size() < symbols.size()) {
            violations.add(new Violation("symbols", "must not name a market twice"));
        }
        return violations.isEmpty() ? strategies.marketViolations(strategy, symbols) : violations;
    }

    private static List<Violation> amountViolations(Amount balance, Amount feeRate, @Nullable Amount maxDrawdown) {
        var violations = new ArrayList<Violation>();
        if (!balance.isPositive() || balance.compareTo(LARGEST_BALANCE) > 0) {
            violations.add(new Violation("initialBalance", "must be above 0 and at most " + LARGEST_BALANCE));
        }
        if (feeRate.isNegative() || feeRate.compareTo(ONE) >= 0) {
            violations.add(new Violation("feeRate", "must be from 0 to below 1"));
        }
        if (maxDrawdown != null && (!maxDrawdown.isPositive() || maxDrawdown.compareTo(ONE) >= 0)) {
            violations.add(new Violation("maxDrawdown", "must be above 0 and below 1"));
        }
        return violations;
    }
}
