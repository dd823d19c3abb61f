package io.everstate.state.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.IOException;

/** Puts trades in front of those that the JSON of a state has, without reading either: what is a trade's place is told by JSON's tokens alone. */
final class JoinedTrades {
    private static final JsonFactory JSON = new JsonFactory();

    private JoinedTrades() {}

    /**
     * The trades that a text has.
     *
     * @param from where the first one begins
     * @param count how many there are
     */
    private record Place(int from, int count) {}

    /**
     * The state with the newest {@value Portfolio#RECENT_TRADES} of both.
     *
     * @param state its JSON
     * @param lines at least one trade, a line each
     * @throws UnreadableRecordException when it is no JSON of a state
     */
    static byte[] text(byte[] state, byte[] lines) {
        var place = place(state);
        var from = behind(lines, count(lines) + place.count() - Portfolio.RECENT_TRADES);
        var older = lines.length - from;
        var comma = older > 0 && place.count() > 0 ? 1 : 0;
        var text = new byte[state.length + older + comma];
        System.arraycopy(state, 0, text, 0, place.from());
        for (int index = 0; index < older; index++) {
            byte character = lines[from + index];
            text[place.from() + index] = character == '\n' ? (byte) ',' : character;
        }
        if (comma > 0) {
            text[place.from() + older] = ',';
        }
        System.arraycopy(state, place.from(), text, place.from() + older + comma, state.length - place.from());
        return text;
    }

    /** JSON has no line end within a text. */
    private static int count(byte[] lines) {
        int count = 1;
        for (byte character : lines) {
            if (character == '\n') {
                count++;
            }
        }
        return count;
    }

    /** Where the line behind so many begins. */
    private static int behind(byte[] lines, int surplus) {
        int from = 0;
        for (int left = surplus; left > 0 && from < lines.length; from++) {
            if (lines[from] == '\n') {
                left--;
            }
        }
        return from;
    }

    private static Place place(byte[] state) {
        try (var parser = JSON.createParser(state)) {
            parser.nextToken(); // into the object; what is none has no fields
            enter(parser, "portfolio", JsonToken.START_OBJECT);
            enter(parser, "recentTrades", JsonToken.START_ARRAY);
            int from = Math.toIntExact(parser.currentLocation().getByteOffset());
            require(from > 0 && state[from - 1] == '['); // of a text of wider characters the place is not known
            int count = 0;
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                parser.skipChildren();
                count++;
            }
            require(parser.currentToken() == JsonToken.END_ARRAY);
            return new Place(from, count);
        } catch (IOException e) {
            throw new UnreadableRecordException("a stored state is damaged: " + e.getMessage(), e);
        }
    }

    /** Into a property of the object that the parser is in. */
    private static void enter(JsonParser parser, String name, JsonToken opening) throws IOException {
        for (var field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            var token = parser.nextToken();
            if (field.equals(name)) {
                require(token == opening);
                return;
            }
            parser.skipChildren();
        }
        require(false);
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new UnreadableRecordException("a stored state is damaged: its JSON has no place for trades", null);
        }
    }
}
