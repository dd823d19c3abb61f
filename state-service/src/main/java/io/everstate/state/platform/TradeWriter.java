package io.everstate.state.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.wire.IsoTime;
import java.io.IOException;

/**
 * Writes a trade as the mapper does, in one piece of text instead of property by property: a bot's state is a hundred of them and little else.
 */
final class TradeWriter extends StdSerializer<Trade> {
    /** That of nearly all trades; a longer one is written too. */
    private static final int LENGTH = 256;

    TradeWriter() {
        super(Trade.class);
    }

    @Override
    public void serialize(Trade trade, JsonGenerator json, SerializerProvider provider) throws IOException {
        var text = new StringBuilder(LENGTH);
        text.append("{\"sequence\":").append(trade.sequence()).append(",\"symbol\":\"");
        JsonStringEncoder.getInstance().quoteAsString(trade.symbol(), text);
        text.append("\",\"side\":\"").append(trade.side().name());
        text.append("\",\"quantity\":\"").append(trade.quantity());
        text.append("\",\"price\":\"").append(trade.price());
        text.append("\",\"fee\":\"").append(trade.fee());
        text.append("\",\"realisedProfit\":\"").append(trade.realisedProfit());
        text.append("\",\"at\":\"").append(IsoTime.text(trade.at()));
        text.append("\",\"feedPosition\":").append(trade.feedPosition());
        if (trade.leg() != 0) {
            text.append(",\"leg\":").append(trade.leg());
        }
        json.writeRawValue(text.append('}').toString());
    }
}
