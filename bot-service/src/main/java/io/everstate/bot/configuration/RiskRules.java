package io.everstate.bot.configuration;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.ArrayList;
import java.util.List;

/** What slippage and limits may be. */
final class RiskRules {
    private static final Amount ONE = Amount.of(1);

    private RiskRules() {}

    static List<Violation> violations(Amount slippageRate, RiskLimits limits) {
        var violations = new ArrayList<Violation>();
        if (slippageRate.isNegative() || slippageRate.compareTo(ONE) >= 0) {
            violations.add(new Violation("slippageRate", "must be from 0 to below 1"));
        }
        var stopLoss = limits.stopLoss();
        if (stopLoss != null && (!stopLoss.isPositive() || stopLoss.compareTo(ONE) >= 0)) {
            violations.add(new Violation("limits.stopLoss", "must be above 0 and below 1"));
        }
        var trades = limits.maxTradesPerHour();
        if (trades != null && (trades < 1 || trades > RiskLimits.MOST_TRADES_PER_HOUR)) {
            violations.add(new Violation(
                    "limits.maxTradesPerHour", "must be a whole number from 1 to " + RiskLimits.MOST_TRADES_PER_HOUR));
        }
        var position = limits.maxPosition();
        if (position != null && !position.isPositive()) {
            violations.add(new Violation("limits.maxPosition", "must be above 0"));
        }
        return violations;
    }
}
