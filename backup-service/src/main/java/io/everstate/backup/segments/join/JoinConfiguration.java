package io.everstate.backup.segments.join;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How small segments are joined into larger ones. */
@ConfigMapping(prefix = "everstate.segments.join")
interface JoinConfiguration {
    /** Where it is off, this replica joins nothing and removes nothing of what was joined. */
    @WithDefault("true")
    boolean enabled();

    /** How often it is seen whether there is something to join or to remove; {@code off} where nothing is. */
    @WithDefault("1m")
    String lookEvery();

    /** How long after it was stored a segment is joined with its neighbours. */
    @WithDefault("1h")
    Duration after();

    /** Bytes of records of a joined segment, fewer than 32M; one of more than an eighth of that is not small, and stays as it is. */
    @WithDefault("8M")
    MemorySize size();

    /** As many become one at most, also when they have fewer bytes. */
    @WithDefault("1000")
    @Min(2)
    int atMost();

    /** How long the objects of what was joined stay, for those who began to read them. */
    @WithDefault("1d")
    Duration grace();
}
