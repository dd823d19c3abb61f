package io.everstate.state.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of what goes into the log: whatever is named like one, all below it, and keys within addresses. */
final class Secrets {
    static final String LEFT_OUT = "(left out)";
    private static final Pattern NAME = Pattern.compile(
            "(?i).*(secret|passw|passphrase|api_?-?keys?|private_?-?key|signing_?-?key|key_?-?pair|auth_?-?token|access_?-?token|refresh_?-?token|bearer|tokens?$|authorization|mnemonic|seed_?-?phrase|credential).*");
    private static final Pattern ADDRESS = Pattern.compile("(?i)([?&](api-?_?key|key|token|secret)=)[^&\\s]+");
    private static final Pattern USER = Pattern.compile("(?i)(://)[^/@\\s]+@");

    private final List<String> places = new ArrayList<>();

    private Secrets() {}

    /**
     * @param node is changed
     * @return where something was left out
     */
    static List<String> leaveOut(ObjectNode node) {
        var secrets = new Secrets();
        secrets.clean(node, "");
        return List.copyOf(secrets.places);
    }

    private void clean(ObjectNode node, String path) {
        node.properties().stream().toList().forEach(entry -> {
            var place = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            node.set(
                    entry.getKey(),
                    NAME.matcher(entry.getKey()).matches()
                            ? hidden(entry.getValue(), place)
                            : shown(entry.getValue(), place));
        });
    }

    private JsonNode hidden(JsonNode value, String place) {
        if (value.isNull() || value.isBoolean() || (value.isContainerNode() && value.isEmpty())) {
            return value;
        }
        places.add(place);
        return TextNode.valueOf(LEFT_OUT);
    }

    private JsonNode shown(JsonNode value, String place) {
        switch (value) {
            case ObjectNode object -> clean(object, place);
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, shown(list.get(i), place + "[" + i + "]"));
                }
            }
            default -> {}
        }
        return value.isTextual() ? text(value, place) : value;
    }

    private JsonNode text(JsonNode value, String place) {
        var cleaned = USER.matcher(ADDRESS.matcher(value.textValue()).replaceAll("$1" + LEFT_OUT))
                .replaceAll("$1" + LEFT_OUT + "@");
        if (cleaned.equals(value.textValue())) {
            return value;
        }
        places.add(place);
        return TextNode.valueOf(cleaned);
    }
}
