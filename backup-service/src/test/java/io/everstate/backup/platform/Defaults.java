package io.everstate.backup.platform;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** A configuration of one mapping, as it is when only the given keys are set. */
public final class Defaults {
    private Defaults() {}

    public static <T> T of(Class<T> mapping, Map<String, String> keys) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withDefaultValues(keys)
                .build();
        return config.getConfigMapping(mapping);
    }
}
