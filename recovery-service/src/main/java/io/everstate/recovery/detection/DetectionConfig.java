package io.everstate.recovery.detection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;

/** How disasters are looked for. */
@ConfigMapping(prefix = "everstate.detection")
interface DetectionConfig {

    /** Pause between two looks. A crash is noticed by the next look, a damaged file by the second one. */
    @WithDefault("PT2S")
    Duration interval();

    /** Services whose crash is a disaster; each needs its two addresses among the peers. */
    @WithDefault("bot-service,state-service,backup-service")
    List<String> services();

    /** Where no supervisor answers: looks in a row that a service must be silent. */
    @WithDefault("3")
    @Min(2)
    @Max(1000)
    int misses();

    /** Where no supervisor answers: how long a service that was never seen may take to start. */
    @WithDefault("PT1M")
    Duration startGrace();

    /** Time between the two looks that must find the same damage: a file is not judged while it is written. */
    @WithDefault("PT1S")
    Duration confirmAfter();
}
