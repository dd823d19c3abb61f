package io.everstate.bot.fleet;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replica's share of the fleet, for the other replicas.
 *
 * @param parked those of the bots that are not followed any more; a replica of an earlier release does not say it
 */
public record ReplicaShare(List<Integer> partitions, List<BotState> bots, Map<BotId, Parking> parked) {
    public ReplicaShare(List<Integer> partitions, List<BotState> bots, @Nullable Map<BotId, Parking> parked) {
        this.partitions = partitions;
        this.bots = bots;
        this.parked = parked == null ? Map.of() : parked;
    }

    public ReplicaShare(List<Integer> partitions, List<BotState> bots) {
        this(partitions, bots, Map.of());
    }
}
