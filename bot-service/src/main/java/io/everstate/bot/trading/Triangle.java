package io.everstate.bot.trading;

import io.everstate.contracts.bot.CurrencyPair;
import java.util.Collection;
import java.util.Optional;

/**
 * Three markets between three currencies: A/Q, B/A and B/Q.
 *
 * @param direct A/Q
 * @param cross B/A
 * @param indirect B/Q
 */
public record Triangle(String direct, String cross, String indirect) {
    private static final int MARKETS = 3;

    /** Whichever way these markets lie in; empty when they are no triangle. */
    public static Optional<Triangle> of(Collection<String> symbols) {
        var pairs = symbols.stream()
                .flatMap(symbol -> CurrencyPair.find(symbol).stream())
                .toList();
        if (symbols.size() != MARKETS || pairs.size() != MARKETS) {
            return Optional.empty();
        }
        for (var cross : pairs) {
            for (var direct : pairs) {
                if (direct.base().equals(cross.quote()) && !direct.quote().equals(cross.base())) {
                    var indirect = new CurrencyPair(cross.base(), direct.quote());
                    if (pairs.contains(indirect)) {
                        return Optional.of(new Triangle(direct.symbol(), cross.symbol(), indirect.symbol()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Q. */
    public String quote() {
        return CurrencyPair.of(direct).quote();
    }
}
