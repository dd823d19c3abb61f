package io.everstate.state.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.wire.IsoTime;
import java.io.IOException;

/** Writes a trade as the mapper does, without asking it for each property by reflection: a bot's state is a hundred of them and little else. */
final class TradeWriter extends StdSerializer<Trade> {
    private static final SerializableString SEQUENCE = new SerializedString("sequence");
    private static final SerializableString SYMBOL = new SerializedString("symbol");
    private static final SerializableString SIDE = new SerializedString("side");
    private static final SerializableString QUANTITY = new SerializedString("quantity");
    private static final SerializableString PRICE = new SerializedString("price");
    private static final SerializableString FEE = new SerializedString("fee");
    private static final SerializableString REALISED_PROFIT = new SerializedString("realisedProfit");
    private static final SerializableString AT = new SerializedString("at");
    private static final SerializableString FEED_POSITION = new SerializedString("feedPosition");
    private static final SerializableString LEG = new SerializedString("leg");

    TradeWriter() {
        super(Trade.class);
    }

    @Override
    public void serialize(Trade trade, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject(trade);
        number(json, SEQUENCE, trade.sequence());
        text(json, SYMBOL, trade.symbol());
        text(json, SIDE, trade.side().name());
        text(json, QUANTITY, trade.quantity().toString());
        text(json, PRICE, trade.price().toString());
        text(json, FEE, trade.fee().toString());
        text(json, REALISED_PROFIT, trade.realisedProfit().toString());
        text(json, AT, IsoTime.text(trade.at()));
        number(json, FEED_POSITION, trade.feedPosition());
        if (trade.leg() != 0) {
            number(json, LEG, trade.leg());
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, SerializableString name, long value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(value);
    }

    private static void text(JsonGenerator json, SerializableString name, String value) throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
    }
}
