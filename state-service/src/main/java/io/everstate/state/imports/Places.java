package io.everstate.state.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of one object of a file at the places that a mapping names; a place that is null was not named. Remembers which were read. */
final class Places {
    private final String key;
    private final ObjectNode node;
    private final Reading reading;
    private final Set<String> read = new HashSet<>();

    Places(String key, ObjectNode node, Reading reading) {
        this.key = key;
        this.node = node;
        this.reading = reading;
    }

    String key() {
        return key;
    }

    ObjectNode node() {
        return node;
    }

    void wrong(String place, String message) {
        reading.remarks().wrong(key + ":" + place, message);
    }

    private Optional<JsonNode> at(@Nullable String place) {
        if (place == null) {
            return Optional.empty();
        }
        read.add(place);
        var found = node.at(place);
        return found.isMissingNode() || found.isNull() ? Optional.empty() : Optional.of(found);
    }

    Optional<String> text(@Nullable String place) {
        return at(place).map(JsonNode::asText).filter(text -> !text.isBlank());
    }

    /** Not negative. */
    Optional<Amount> amount(@Nullable String place) {
        return signed(place).map(amount -> {
            if (amount.isNegative()) {
                wrong(String.valueOf(place), "must not be negative");
                return Amount.ZERO;
            }
            return amount;
        });
    }

    Optional<Amount> signed(@Nullable String place) {
        return at(place).map(value -> {
            try {
                var number = value.isNumber() ? value.decimalValue() : new BigDecimal(value.asText());
                return reading.amount(key + ":" + place, number);
            } catch (NumberFormatException e) {
                wrong(String.valueOf(place), "must be a number");
                return Amount.ZERO;
            }
        });
    }

    /** 0 when it is not there. */
    long count(@Nullable String place) {
        return at(place)
                .map(value -> {
                    if (!value.canConvertToExactIntegral() || !value.canConvertToLong() || value.longValue() < 0) {
                        wrong(String.valueOf(place), "must be a whole number from 0 on");
                        return 0L;
                    }
                    return value.longValue();
                })
                .orElse(0L);
    }

    boolean flag(@Nullable String place) {
        return at(place).map(JsonNode::asBoolean).orElse(false);
    }

    Optional<Instant> time(@Nullable String place) {
        return text(place).map(text -> reading.time(key + ":" + place, text));
    }

    /** What nobody named would be lost. */
    void requireAllKnown(List<String> ignored, @Nullable String parts) {
        var known = new HashSet<>(read);
        known.addAll(ignored);
        if (parts != null) {
            known.add(parts);
        }
        look(node, "", known);
    }

    private void look(JsonNode value, String place, Set<String> known) {
        if (known.contains(place)) {
            return;
        }
        if (value.isObject() && !value.isEmpty()) {
            value.properties()
                    .forEach(entry -> look(
                            entry.getValue(),
                            place + "/" + entry.getKey().replace("~", "~0").replace("/", "~1"),
                            known));
        } else {
            wrong(place, "is named neither by the mapping nor among what it ignores");
        }
    }
}
