package io.everstate.contracts.bot;

/** The limits of {@link RiskLimits}. The largest drawdown is not among them: reaching it is an emergency stop. */
public enum Limit {
    STOP_LOSS,
    TRADES_PER_HOUR,
    POSITION
}
