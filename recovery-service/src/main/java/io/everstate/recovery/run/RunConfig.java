package io.everstate.recovery.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How runs are worked on. */
@ConfigMapping(prefix = "everstate.runs")
interface RunConfig {
    /** Name of this replica in the lease of a run. The same after a restart, so that it goes on at once; no two replicas may share it. */
    @WithDefault("${HOSTNAME:localhost}:${quarkus.http.port}")
    String owner();

    /** Pause between two looks for work, and between two looks at something that a step waits for. */
    @WithDefault("PT0.25S")
    Duration interval();

    /** How long a replica may be silent before another one takes its run over; must be above the deadlines of a few calls. */
    @WithDefault("PT30S")
    Duration leaseExpiry();

    /** How long after a failed run the same disaster is not detected again. */
    @WithDefault("PT1M")
    Duration coolDown();

    /** Failures of a step after which its run fails. */
    @WithDefault("30")
    @Min(1)
    @Max(1000)
    int maxFailures();

    /** Pause after a step's first failure; doubled with each further one. */
    @WithDefault("PT0.5S")
    Duration retryBase();

    /** The longest pause between two tries of a step. */
    @WithDefault("PT10S")
    Duration retryMax();
}
