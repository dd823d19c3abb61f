package io.everstate.backup.upkeep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long reports are kept. */
@ConfigMapping(prefix = "everstate.records")
interface RecordsConfiguration {
    /** How long after its end a verification, a dry run or a comparison of the bucket is kept. */
    @WithDefault("90d")
    Duration keep();

    /** How often what is older is looked for; {@code off} where all is kept for ever. */
    @WithDefault("1h")
    String lookEvery();
}
