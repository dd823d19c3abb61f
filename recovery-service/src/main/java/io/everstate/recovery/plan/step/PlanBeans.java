package io.everstate.recovery.plan.step;

import io.everstate.recovery.peer.Archives;
import io.everstate.recovery.peer.BotFleet;
import io.everstate.recovery.peer.FleetRecords;
import io.everstate.recovery.peer.ProcessSupervisor;
import io.everstate.recovery.peer.ServiceProbe;
import io.everstate.recovery.plan.PlanConfig;
import io.everstate.recovery.plan.Plans;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Wires the plans. */
final class PlanBeans {
    private PlanBeans() {}

    @Produces
    @Singleton
    static Peers peers(
            BotFleet fleet, FleetRecords records, Archives archives, ProcessSupervisor supervisor, ServiceProbe probe) {
        return new Peers(fleet, records, archives, supervisor, probe);
    }

    @Produces
    @Singleton
    static Plans plans(Peers peers, PlanConfig config, Clock clock) {
        return new SeedPlans(peers, config, clock);
    }
}
