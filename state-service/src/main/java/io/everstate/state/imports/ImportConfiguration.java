package io.everstate.state.imports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What may be imported at once. */
@ConfigMapping(prefix = "everstate.import")
interface ImportConfiguration {
    /** The largest file; above 7 MB the HTTP server refuses its request first. */
    @WithDefault("5M")
    MemorySize maxSize();

    /** The most bots of a file. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int maxBots();
}
