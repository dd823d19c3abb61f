package io.everstate.bot.sample;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configuration as the service reads it, from given properties alone. */
public final class SampleConfiguration {
    private SampleConfiguration() {}

    public static <T> T of(Class<T> mapping, Map<String, String> properties) {
        var given = new HashMap<>(Map.of("kafka.bootstrap.servers", "127.0.0.1:1", "quarkus.http.port", "8081"));
        given.putAll(properties);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withDefaultValues(given)
                .build()
                .getConfigMapping(mapping);
    }

    /** What the limits of one property say about its value; empty when it is within them. */
    public static <T> List<String> violations(Class<T> mapping, T configuration, String property) {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            var method = mapping.getMethod(property);
            return factory
                    .getValidator()
                    .forExecutables()
                    .validateReturnValue(configuration, method, method.invoke(configuration))
                    .stream()
                    .map(ConstraintViolation::getMessage)
                    .toList();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(mapping + " has no property " + property, e);
        }
    }
}
