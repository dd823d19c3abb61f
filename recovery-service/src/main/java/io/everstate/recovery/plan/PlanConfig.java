package io.everstate.recovery.plan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** What the plans touch and how long their steps may take. */
@ConfigMapping(prefix = "everstate.plans")
public interface PlanConfig {
    /** Services that a plan brings up again when their process is dead; each needs its two addresses among the peers. */
    @WithDefault("bot-service,state-service,backup-service")
    List<String> services();

    /** How long a step may take; beyond it the run fails. */
    @WithDefault("PT5M")
    Duration stepPatience();

    /** How long restored files may stay damaged before the run fails. */
    @WithDefault("PT30S")
    Duration validationPatience();
}
