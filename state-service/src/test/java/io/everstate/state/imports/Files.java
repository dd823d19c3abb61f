package io.everstate.state.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;

/** Files as people have them. */
final class Files {
    static final String PAPER = text("safe_multi_symbol_state.json");
    static final String SNIPER = text("system_state.json");
    static final String OTHER = text("other.json");
    static final String OTHER_MAPPING = text("other.mapping.json");

    private Files() {}

    private static String text(String name) {
        try (var in = Files.class.getResourceAsStream("/imports/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonFile file(String text) {
        return JsonFile.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Origin origin(String text, boolean round) {
        var reading = new Reading(ZoneOffset.UTC, round, new Remarks());
        return new Origin(file(text), "state", "sma-cross", Map.of(), reading);
    }

    static Origin origin(String text) {
        return origin(text, false);
    }
}
