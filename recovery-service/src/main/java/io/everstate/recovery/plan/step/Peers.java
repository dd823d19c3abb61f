package io.everstate.recovery.plan.step;

import io.everstate.recovery.peer.Archives;
import io.everstate.recovery.peer.BotFleet;
import io.everstate.recovery.peer.FleetRecords;
import io.everstate.recovery.peer.ProcessSupervisor;
import io.everstate.recovery.peer.ServiceProbe;

/** The others, through whom the steps act. */
public record Peers(
        BotFleet fleet, FleetRecords records, Archives archives, ProcessSupervisor supervisor, ServiceProbe probe) {}
