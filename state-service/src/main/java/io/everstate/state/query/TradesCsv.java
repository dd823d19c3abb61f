package io.everstate.state.query;

import io.everstate.contracts.bot.Trade;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Trades as RFC 4180 has them: a header line, CRLF behind each line, quotes where they are needed. A text that a spreadsheet would take for a
 * formula gets an apostrophe in front; numbers are numbers, also negative ones.
 */
final class TradesCsv {
    private static final String HEADER =
            "sequence,leg,at,symbol,side,quantity,price,fee,realisedProfit,feedPosition\r\n";
    private static final String FORMULA = "=+-@\t\r\n";
    private static final String NEEDS_QUOTES = ",\"\r\n";

    private final Appendable target;

    TradesCsv(Appendable target) {
        this.target = target;
    }

    void header() throws IOException {
        target.append(HEADER);
    }

    void add(Trade trade) throws IOException {
        var cells = List.of(
                trade.sequence(),
                trade.leg(),
                trade.at(),
                text(trade.symbol()),
                trade.side(),
                trade.quantity(),
                trade.price(),
                trade.fee(),
                trade.realisedProfit(),
                trade.feedPosition());
        target.append(cells.stream().map(Object::toString).collect(Collectors.joining(",", "", "\r\n")));
    }

    private static String text(String value) {
        var harmless = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return harmless.chars().anyMatch(character -> NEEDS_QUOTES.indexOf(character) >= 0)
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
