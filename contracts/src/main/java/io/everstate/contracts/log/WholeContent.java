package io.everstate.contracts.log;

import io.everstate.contracts.wire.Whole;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds in JSON what this version does not know of something that is {@link Whole}. */
final class WholeContent {
    /** Whether values of a type can have something in them that is whole. No record of ours contains itself. */
    private static final ClassValue<Boolean> CARRIES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.isAnnotationPresent(Whole.class)
                    || components(type).anyMatch(component -> CARRIES.get(valueType(component.getGenericType())));
        }
    };

    private WholeContent() {}

    static boolean isIn(Class<?> type) {
        return CARRIES.get(type);
    }

    /** @param json as a JSON library reads it when it knows no type: maps, lists, plain values */
    static Optional<String> unknownIn(Class<?> type, @Nullable Object json) {
        return switch (json) {
            case Map<?, ?> properties -> unknownIn(type, properties);
            case List<?> elements ->
                elements.stream()
                        .flatMap(element -> unknownIn(type, element).stream())
                        .findFirst();
            case null, default -> Optional.empty();
        };
    }

    private static Optional<String> unknownIn(Class<?> type, Map<?, ?> properties) {
        if (type.isAnnotationPresent(Whole.class)) {
            var known = components(type).map(RecordComponent::getName).toList();
            for (var name : properties.keySet()) {
                if (!known.contains(String.valueOf(name))) {
                    return Optional.of(
                            "this version does not know \"%s\" of a %s".formatted(name, type.getSimpleName()));
                }
            }
        }
        return components(type)
                .filter(component -> isIn(valueType(component.getGenericType())))
                .flatMap(component -> unknownIn(component, properties.get(component.getName())).stream())
                .findFirst();
    }

    private static Optional<String> unknownIn(RecordComponent component, @Nullable Object json) {
        var values = valueType(component.getGenericType());
        return Map.class.isAssignableFrom(component.getType()) && json instanceof Map<?, ?> byName
                ? unknownIn(values, List.copyOf(byName.values()))
                : unknownIn(values, json);
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return type.isRecord() ? Arrays.stream(type.getRecordComponents()) : Stream.empty();
    }

    /** Of a list or map that of its values. */
    private static Class<?> valueType(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic ->
                valueType(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
            default -> Object.class;
        };
    }
}
