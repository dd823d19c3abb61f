package io.everstate.state.healing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the owner of a bot of which something is missing is asked for a checkpoint. */
@ConfigMapping(prefix = "everstate.healing")
interface HealingConfiguration {
    /** How often it is looked whether something is missing; also the pause behind the first question, which doubles with each. */
    @WithDefault("5s")
    Duration askEvery();

    /** The longest pause between two questions for one bot. */
    @WithDefault("5m")
    Duration longestPause();

    /**
     * How many questions for one bot may be answered without a checkpoint that comes of it; then its finding says so and a person has to look,
     * or a restart begins anew. A question that nobody answers does not count here; after so many of those in a row the finding says that
     * one asks in vain so far, and the asking goes on.
     */
    @WithDefault("20")
    @Min(1)
    @Max(1000)
    int attempts();
}
