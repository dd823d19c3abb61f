package io.everstate.state.rebuild.schema;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How a second projection is made beside the first. */
@ConfigMapping(prefix = "everstate.rebuild")
public interface RebuildConfiguration {
    /** How often it is looked whether there is something to do for one. */
    @WithDefault("1s")
    Duration lookEvery();

    /** After how long without a sign another replica goes on with it. Longer than the hold of a switch, which gives no sign. */
    @WithDefault("30s")
    Duration lease();

    /** How many records one transaction folds at most. */
    @WithDefault("20000")
    @Min(1)
    @Max(100_000)
    int maxRecords();

    /** How long a switch is tried while readers hold the tables; then it is given up, with a note, and can be asked for again. */
    @WithDefault("2m")
    Duration switchPatience();

    /** The name of this replica, for people who look at who does it; application.properties makes it the projection's. */
    @WithDefault("state-service-1")
    String owner();
}
