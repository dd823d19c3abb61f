package io.everstate.contracts.bot;

/** Who runs the bot. */
public enum BotKind {
    /** Hosted by bot-service. */
    TRADING,
    /** Runs elsewhere and reports; its state is an opaque document. */
    EXTERNAL;

    /** @throws IllegalArgumentException when a bot of this kind cannot be what is configured */
    void require(BotConfiguration configuration) {
        if (this == EXTERNAL) {
            return;
        }
        if (configuration.symbols().isEmpty()) {
            throw new IllegalArgumentException("symbols must name at least one market, each once");
        }
        if (!configuration.initialBalance().isPositive()) {
            throw new IllegalArgumentException("initialBalance must be above 0");
        }
    }
}
