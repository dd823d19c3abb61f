package io.everstate.bot.fleet;

import io.everstate.contracts.bot.BotState;
import java.util.List;

/** A replica's share of the fleet, for the other replicas. */
public record ReplicaShare(List<Integer> partitions, List<BotState> bots) {}
