package io.everstate.state.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What has to be read of a line to know whose it is, and how new. Nothing behind these two is looked at, and a state is mostly trades, which
 * come last.
 *
 * @param sequence of the newest event in it
 */
public record Head(BotId id, long sequence) {
    private static final JsonFactory JSON = new JsonFactory();

    /** @throws UnreadableRecordException when one of the two is not there */
    static Head of(byte[] line) {
        try (var json = JSON.createParser(line)) {
            return read(json);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableRecordException("no state of a bot: " + e.getMessage(), e);
        }
    }

    private static Head read(JsonParser json) throws IOException {
        BotId id = null;
        Long sequence = null;
        json.nextToken();
        while ((id == null || sequence == null) && json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = BotId.of(json.getText());
                case "sequence" -> sequence = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return whole(id, sequence);
    }

    private static Head whole(@Nullable BotId id, @Nullable Long sequence) {
        if (id == null || sequence == null) {
            throw new IllegalArgumentException("it has no " + (id == null ? "id" : "sequence"));
        }
        return new Head(id, sequence);
    }
}
