package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A market's two currencies: BTC/USD buys and sells BTC for USD. */
public record CurrencyPair(String base, String quote) {
    public CurrencyPair {
        requireNonNull(base, "base");
        requireNonNull(quote, "quote");
        if (base.isBlank() || quote.isBlank() || base.equals(quote)) {
            throw new IllegalArgumentException("a market has two different currencies");
        }
    }

    /** @throws IllegalArgumentException for a text that is not two different names with one slash between them */
    public static CurrencyPair of(String symbol) {
        var slash = symbol.indexOf('/');
        if (slash < 0 || slash != symbol.lastIndexOf('/')) {
            throw new IllegalArgumentException("\"" + symbol + "\" is not a market such as BTC/USD");
        }
        return new CurrencyPair(symbol.substring(0, slash), symbol.substring(slash + 1));
    }

    /** Empty for a text that is no such market. */
    public static Optional<CurrencyPair> find(String symbol) {
        try {
            return Optional.of(of(symbol));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public String symbol() {
        return base + "/" + quote;
    }
}
