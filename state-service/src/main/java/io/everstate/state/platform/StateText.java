package io.everstate.state.platform;

import static io.everstate.state.platform.WrittenText.ascii;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of a hosted bot as our own writers write it: its newest trades, which are nine tenths of it, byte by byte, and the rest by the
 * mapper. Whatever is written in another way is the mapper's to read or to refuse as a whole.
 */
final class StateText {
    /** Behind a bot's symbols, and nowhere else. */
    private static final byte[] TRADES = ascii("},\"recentTrades\":[");

    private static final byte[] BEHIND = ascii("]");
    private static final byte[] NEXT = ascii(",");
    private static final byte[] SEQUENCE = ascii("{\"sequence\":");
    private static final byte[] SYMBOL = ascii(",\"symbol\":\"");
    private static final byte[] SIDE = ascii(",\"side\":\"");
    private static final byte[] QUANTITY = ascii(",\"quantity\":\"");
    private static final byte[] PRICE = ascii(",\"price\":\"");
    private static final byte[] FEE = ascii(",\"fee\":\"");
    private static final byte[] PROFIT = ascii(",\"realisedProfit\":\"");
    private static final byte[] AT = ascii(",\"at\":\"");
    private static final byte[] FEED_POSITION = ascii(",\"feedPosition\":");
    private static final byte[] LEG = ascii(",\"leg\":");
    private static final byte[] END = ascii("}");

    /** Of a cycle. */
    private static final int LAST_LEG = 3;

    private final byte[] json;

    private StateText(byte[] json) {
        this.json = json;
    }

    /**
     * Null when it is written in another way.
     *
     * @param mapper reads a state of which the trades were left out
     */
    static @Nullable BotState find(byte[] json, Function<byte[], BotState> mapper) {
        return new StateText(json).state(mapper);
    }

    private @Nullable BotState state(Function<byte[], BotState> mapper) {
        int found = place(0);
        if (found < 0) {
            return null;
        }
        int begin = found + TRADES.length;
        var text = new WrittenText(json, begin);
        var trades = trades(text);
        // what stands there twice stands in one place that is not the portfolio
        return text.other() || place(text.at()) >= 0 ? null : with(trades, without(begin, text.at() - 1), mapper);
    }

    private int place(int from) {
        for (int at = from; at <= json.length - TRADES.length; at++) {
            if (json[at] == TRADES[0] && Arrays.equals(json, at, at + TRADES.length, TRADES, 0, TRADES.length)) {
                return at;
            }
        }
        return -1;
    }

    private byte[] without(int begin, int end) {
        var rest = Arrays.copyOf(json, begin + json.length - end);
        System.arraycopy(json, end, rest, begin, json.length - end);
        return rest;
    }

    private static @Nullable BotState with(List<Trade> trades, byte[] rest, Function<byte[], BotState> mapper) {
        BotState state;
        try {
            state = mapper.apply(rest);
        } catch (UnreadableRecordException e) {
            return null; // the whole is refused with the place at which it is wrong
        }
        var portfolio = state.portfolio();
        return state.hosted() && portfolio.recentTrades().isEmpty()
                ? state.withPortfolio(new Portfolio(portfolio.symbols(), trades, portfolio.highestTotal()))
                : null;
    }

    /** Up to and behind the end of their list. */
    private static List<Trade> trades(WrittenText text) {
        var trades = new ArrayList<Trade>(Portfolio.RECENT_TRADES);
        do {
            var trade = trade(text);
            if (trade == null) {
                text.giveUp();
                return List.of();
            }
            trades.add(trade);
        } while (text.passed(NEXT));
        text.pass(BEHIND);
        return trades;
    }

    private static @Nullable Trade trade(WrittenText text) {
        text.pass(SEQUENCE);
        var sequence = text.whole();
        text.pass(SYMBOL);
        var symbol = text.text();
        text.pass(SIDE);
        var side = text.side();
        text.pass(QUANTITY);
        var quantity = text.amount();
        text.pass(PRICE);
        var price = text.amount();
        text.pass(FEE);
        var fee = text.amount();
        text.pass(PROFIT);
        var profit = text.amount();
        text.pass(AT);
        var at = text.time();
        text.pass(FEED_POSITION);
        var feedPosition = text.whole();
        var leg = text.passed(LEG) ? text.whole() : 0;
        text.pass(END);
        return text.other()
                        || leg > LAST_LEG
                        || side == null
                        || quantity == null
                        || price == null
                        || fee == null
                        || profit == null
                        || at == null
                ? null
                : new Trade(sequence, symbol, side, quantity, price, fee, profit, at, feedPosition, (int) leg);
    }
}
