package io.everstate.bot.trading;

/** Trades each market of a bot by itself. */
public non-sealed interface MarketStrategy extends TradingStrategy {

    /** @param window exactly {@link #bars()} bars */
    Order decide(Window window, Holdings holdings);
}
