package io.everstate.state.projection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the log is folded into the database. */
@ConfigMapping(prefix = "everstate.projection")
public interface ProjectionConfiguration {
    /** The consumer group; another one folds the whole log a second time, so it needs another database. */
    @WithDefault("state-service")
    String group();

    /**
     * The name of this replica in the group, the same after a restart, so that it gets its partitions back without a rebalance. Two replicas
     * with one name: the later one goes on, the earlier one stops and says so in its readiness.
     */
    @WithDefault("state-service-1")
    String instanceId();

    /** How long after its last heartbeat a replica keeps its partitions; then another one takes them. */
    @WithDefault("10s")
    Duration sessionTimeout();

    /**
     * About how many records one transaction folds at most. As many again are folded while it is on its way. A partition that is further behind
     * than that is read in turn with others that are. More cost heap, fewer cost throughput while it catches up: of each bot that changed the
     * whole state is written once a transaction.
     */
    @WithDefault("5000")
    @Min(1)
    @Max(100_000)
    int maxRecords();

    /** How long to wait before the log or the database is tried again. */
    @WithDefault("500ms")
    Duration retryDelay();
}
