package io.everstate.recovery.detection;

import io.everstate.recovery.peer.Archives;
import io.everstate.recovery.peer.ProcessSupervisor;
import io.everstate.recovery.peer.ServiceProbe;
import io.everstate.recovery.run.RecoveryService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executors;

/** Wires the plain classes of this feature. */
final class DetectionBeans {
    private DetectionBeans() {}

    @Produces
    @Singleton
    static DisasterWatch watch(
            ServiceProbe probe,
            ProcessSupervisor supervisor,
            Archives archives,
            RecoveryService recovery,
            DetectionConfig config,
            Clock clock) {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var observer = new Observer(probe, supervisor, archives, clock, threads);
        var services = new ServiceWatch(observer, config, clock);
        return new DisasterWatch(services, new WorkspaceWatch(observer, config.confirmAfter()), recovery, config);
    }
}
