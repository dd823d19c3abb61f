package io.everstate.state.restore.part;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.ExternalState;
import io.everstate.contracts.external.SavedDocument;
import io.everstate.contracts.view.BotRestoreView.Change;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.content.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a restore brings back of a bot. Not the token of one that runs elsewhere, which stays, nor the name under which object storage has its
 * document: the owner stores it once more.
 */
final class Holdings {
    private static final int SHOWN = 12;

    private final byte[] text;
    private final JsonFormat json;

    private record Held(Portfolio portfolio, @Nullable ExternalState external) {}

    private Holdings(byte[] text, JsonFormat json) {
        this.text = text;
        this.json = json;
    }

    static Holdings of(BotState bot, JsonFormat json) {
        return new Holdings(json.write(new Held(bot.portfolio(), comparable(bot.external()))), json);
    }

    private static @Nullable ExternalState comparable(@Nullable ExternalState external) {
        if (external == null) {
            return null;
        }
        var saved = external.document();
        return new ExternalState(
                null,
                external.status(),
                external.heartbeat(),
                saved == null ? null : new SavedDocument(saved.sequence(), saved.at(), comparable(saved.document())),
                external.reports(),
                external.documents(),
                external.recentReports());
    }

    private static Document comparable(Document document) {
        return new Document(document.contentType(), document.sha256(), document.size(), null);
    }

    /** SHA-256 in hexadecimal; other holdings have another one. */
    String hash() {
        return Sha256.of(text);
    }

    /** What is another thing in others, field by field. */
    List<Change> changedIn(Holdings others) {
        var before = fields();
        var after = others.fields();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new Change(name, before.get(name), after.get(name)))
                .toList();
    }

    private Map<String, String> fields() {
        var fields = new TreeMap<String, String>();
        var left = new ArrayList<Map.Entry<String, JsonNode>>();
        left.add(Map.entry("", json.read(text, JsonNode.class)));
        while (!left.isEmpty()) {
            var field = left.removeLast();
            var value = requireNonNull(field.getValue());
            if (value.isObject()) {
                value.properties()
                        .forEach(inner -> left.add(Map.entry(
                                field.getKey().isEmpty() ? inner.getKey() : field.getKey() + "." + inner.getKey(),
                                inner.getValue())));
            } else {
                fields.put(field.getKey(), shown(value));
            }
        }
        return fields;
    }

    /** A list is told by its length and its hash. */
    private String shown(JsonNode value) {
        return value.isArray()
                ? "%d items, SHA-256 %s"
                        .formatted(value.size(), Sha256.of(json.write(value)).substring(0, SHOWN))
                : value.asText();
    }
}
