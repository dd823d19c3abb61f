package io.everstate.contracts.wire;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** CloudEvents type names of the events: {@code io.everstate.bot.trade-executed.v1} is version 1 of the bot event TradeExecuted. */
public final class EventTypes {
    /** Each record of the log is named; a pattern each time would cost more than the fold. */
    private static final ClassValue<String> WORDS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> event) {
            return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        }
    };

    private EventTypes() {}

    public static String nameOf(String domain, Class<?> event) {
        return "io.everstate." + domain + "." + WORDS.get(event) + ".v1";
    }

    /** Every event of a sealed interface by its name. */
    public static <E> Map<String, Class<? extends E>> byName(String domain, Class<E> sealed) {
        return records(sealed)
                .<Class<? extends E>>map(type -> type.asSubclass(sealed))
                .collect(toUnmodifiableMap(type -> nameOf(domain, type), Function.identity()));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypes::records)
                : Stream.of(type);
    }
}
