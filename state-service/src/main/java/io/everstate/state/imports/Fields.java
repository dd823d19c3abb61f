package io.everstate.state.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields of one object of a file. What is wrong is remarked under its whole name, and read as nothing. */
final class Fields {
    private final ObjectNode node;
    private final String path;
    private final Reading reading;
    private final Set<String> known = new HashSet<>();

    private Fields(ObjectNode node, String path, Reading reading) {
        this.node = node;
        this.path = path;
        this.reading = reading;
    }

    static Fields of(ObjectNode node, String path, Reading reading) {
        return new Fields(node, path, reading);
    }

    String name(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    void wrong(String field, String message) {
        reading.remarks().wrong(name(field), message);
    }

    /** Absent and null are the same. */
    private Optional<JsonNode> find(String field) {
        known.add(field);
        return Optional.ofNullable(node.get(field)).filter(value -> !value.isNull());
    }

    private Optional<JsonNode> required(String field) {
        var value = find(field);
        if (value.isEmpty()) {
            wrong(field, "is missing");
        }
        return value;
    }

    String text(String field) {
        return required(field).flatMap(value -> text(field, value)).orElse("");
    }

    Optional<String> optionalText(String field) {
        return find(field).flatMap(value -> text(field, value));
    }

    private Optional<String> text(String field, JsonNode value) {
        if (!value.isTextual()) {
            wrong(field, "must be a text");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /** A JSON number, or a text with one; not negative. */
    Amount amount(String field) {
        return decimal(field)
                .map(value -> {
                    if (value.signum() < 0) {
                        wrong(field, "must not be negative");
                    }
                    return reading.amount(name(field), value);
                })
                .orElse(Amount.ZERO);
    }

    /** With all its digits. */
    Optional<BigDecimal> decimal(String field) {
        return required(field).flatMap(value -> {
            try {
                return Optional.of(
                        value.isNumber()
                                ? value.decimalValue()
                                : new BigDecimal(value.isTextual() ? value.textValue() : "no"));
            } catch (NumberFormatException e) {
                wrong(field, "must be a number");
                return Optional.empty();
            }
        });
    }

    /** Whole, not negative. */
    long count(String field) {
        return required(field)
                .map(value -> {
                    if (!value.canConvertToExactIntegral() || !value.canConvertToLong() || value.longValue() < 0) {
                        wrong(field, "must be a whole number from 0 on");
                        return 0L;
                    }
                    return value.longValue();
                })
                .orElse(0L);
    }

    boolean flag(String field) {
        return required(field)
                .map(value -> {
                    if (!value.isBoolean()) {
                        wrong(field, "must be true or false");
                    }
                    return value.asBoolean();
                })
                .orElse(false);
    }

    Instant time(String field) {
        return required(field)
                .flatMap(value -> text(field, value))
                .map(text -> reading.time(name(field), text))
                .orElse(Instant.EPOCH);
    }

    Optional<Instant> optionalTime(String field) {
        return optionalText(field).map(text -> reading.time(name(field), text));
    }

    List<Instant> times(String field) {
        var times = new ArrayList<Instant>();
        var all = list(field);
        for (int i = 0; i < all.size(); i++) {
            var one = field + "[" + i + "]";
            text(one, all.get(i)).ifPresent(text -> times.add(reading.time(name(one), text)));
        }
        return times;
    }

    List<JsonNode> list(String field) {
        return required(field)
                .map(value -> {
                    if (!value.isArray()) {
                        wrong(field, "must be a list");
                    }
                    var items = new ArrayList<JsonNode>();
                    value.forEach(items::add);
                    return value.isArray() ? List.copyOf(items) : List.<JsonNode>of();
                })
                .orElse(List.of());
    }

    /** The objects of an object, by their names in the file's order. */
    List<Named> objects(String field) {
        var objects = new ArrayList<Named>();
        required(field).ifPresent(value -> {
            if (!value.isObject()) {
                wrong(field, "must be an object");
                return;
            }
            value.properties().forEach(entry -> {
                if (entry.getValue() instanceof ObjectNode object) {
                    objects.add(new Named(
                            entry.getKey(), object, Fields.of(object, name(field) + "." + entry.getKey(), reading)));
                } else {
                    wrong(field + "." + entry.getKey(), "must be an object");
                }
            });
        });
        return objects;
    }

    /** How many fields an object has; 0 when it is not there. */
    int objectOrNothing(String field) {
        var value = find(field);
        if (value.isPresent() && !value.get().isObject()) {
            wrong(field, "must be an object");
        }
        return value.map(JsonNode::size).orElse(0);
    }

    /** As it is. */
    Optional<JsonNode> any(String field) {
        return find(field);
    }

    /** What was not asked for is a mistake of somebody: left out it would be lost. */
    void requireNoOthers() {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                wrong(field, "is not known in this format");
            }
        });
    }

    /** An object and its name. */
    record Named(String key, ObjectNode node, Fields fields) {}
}
