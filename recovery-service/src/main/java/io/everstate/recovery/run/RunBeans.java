package io.everstate.recovery.run;

import io.everstate.recovery.plan.Plans;
import io.everstate.recovery.platform.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Wires the plain classes of this feature. */
final class RunBeans {
    private RunBeans() {}

    @Produces
    @Singleton
    static RecoveryMetrics metrics(MeterRegistry registry) {
        return new RecoveryMetrics(registry);
    }

    @Produces
    @Singleton
    static RecoveryService service(
            RunStore store, Plans plans, RunConfig config, RecoveryMetrics metrics, Clock clock) {
        return new RecoveryService(store, plans, config.coolDown(), metrics, clock);
    }

    @Produces
    @Singleton
    static RunMachine machine(RunStore store, Plans plans, RunConfig config, RecoveryMetrics metrics, Clock clock) {
        var backoff = new Backoff(config.retryBase(), config.retryMax(), RandomGenerator.getDefault());
        var rules = new RunMachine.Rules(config.owner(), config.leaseExpiry(), config.maxFailures(), backoff);
        return new RunMachine(store, plans, rules, metrics, clock);
    }
}
