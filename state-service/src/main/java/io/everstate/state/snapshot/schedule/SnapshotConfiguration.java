package io.everstate.state.snapshot.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.time.Duration;

/** When snapshots are taken. */
@ConfigMapping(prefix = "everstate.snapshot")
interface SnapshotConfiguration {
    /** From one FULL snapshot to the next; without any, from the start of the service. */
    @WithDefault("1h")
    Duration interval();

    /** From any snapshot to the next INCREMENTAL one. */
    @WithDefault("5m")
    Duration incrementalInterval();

    /** None is taken by itself sooner than that after another one, whatever happens. Requests and the end of the service do not wait. */
    @WithDefault("1m")
    Duration minGap();

    /** A trade of at least that (quantity x price, in the quote currency) is followed by a snapshot. */
    @WithDefault("10000")
    BigDecimal significantNotional();

    /** How often it is looked whether one is due. */
    @WithDefault("1s")
    Duration poll();

    /** How old the newest snapshot may be at the start; an older one is named in the log. */
    @WithDefault("2h")
    Duration staleAfter();
}
