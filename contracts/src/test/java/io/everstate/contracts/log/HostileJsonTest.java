package io.everstate.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.sample.Story;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes away or spoils every single value of every golden record: each result is unreadable, or folds to an outcome. */
class HostileJsonTest {
    private static final List<String> VALUES = List.of(
            "null",
            "\"\"",
            "\"nonsense\"",
            "\"-1\"",
            "-1",
            "0",
            "1.5",
            "1e400000000",
            "\"1e2147483647\"",
            "\"9999999999999999999999.99999999\"",
            "9223372036854775807",
            "-9223372036854775808",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"PT9223372036854775807S\"",
            "true",
            "[]",
            "[null]",
            "{}",
            "{\"BTC/USD\":null}");

    private final RecordCodec codec = new RecordCodec(new JacksonFormat());

    /** The first story, and of the newest what tells of the bot that runs elsewhere. */
    static List<String> files() {
        var external = Golden.files("records/3").stream()
                .filter(file -> Golden.text(file).startsWith("key: " + Story.EXTERNAL));
        return Stream.concat(Golden.files("records/1").stream(), external).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isUnreadableOrFoldsToAnOutcome(String file) throws IOException {
        var encoded = Golden.encoded(Golden.text(file));
        var spoiled = spoiled(JacksonFormat.MAPPER.readTree(encoded.data()));

        var readable = spoiled.stream()
                .flatMap(data -> read(encoded.headers(), data).stream())
                .toList();

        readable.forEach(HostileJsonTest::assertTheStoryGoesOnAfter);
    }

    /** In its place in the story, which then goes on. */
    private static void assertTheStoryGoesOnAfter(LogRecord entry) {
        var fold = new PartitionFold();
        for (var earlier : Story.records()) {
            assertThat(fold.apply(earlier.id().equals(entry.id()) ? entry : earlier))
                    .isNotNull();
        }
        fold.bots()
                .forEach(state -> assertThat(new JacksonFormat().write(state)).isNotEmpty());
    }

    private Optional<LogRecord> read(Map<String, String> headers, byte[] data) {
        try {
            return Optional.of(codec.decode(headers, data));
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    private static List<byte[]> spoiled(JsonNode root) {
        var texts = new ArrayList<byte[]>();
        spoil(root, () -> texts.add(bytes(root)));
        return texts;
    }

    /** Calls back with each single change made to the tree, and takes it back. */
    private static void spoil(JsonNode node, Runnable changed) {
        if (node instanceof ObjectNode object) {
            for (var name : List.copyOf(names(object))) {
                var value = object.get(name);
                spoil(value, changed);
                replace(raw -> object.putRawValue(name, raw), changed);
                object.remove(name);
                changed.run();
                object.set(name, value);
            }
        } else if (node instanceof ArrayNode array) {
            for (var i = 0; i < array.size(); i++) {
                var place = i;
                var value = array.get(i);
                spoil(value, changed);
                replace(raw -> array.set(place, array.rawValueNode(raw)), changed);
                array.set(i, value);
            }
        }
    }

    private static void replace(Consumer<RawValue> put, Runnable changed) {
        for (var value : VALUES) {
            put.accept(new RawValue(value));
            changed.run();
        }
    }

    private static List<String> names(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static byte[] bytes(JsonNode root) {
        try {
            return JacksonFormat.MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
