package io.everstate.recovery.run;

import io.everstate.recovery.platform.Ticker;
import io.everstate.recovery.run.RunMachine.Work;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

@Singleton
final class RunJob {
    private final RunMachine machine;
    private final RunConfig config;
    private volatile boolean stopping;
    private @Nullable Ticker ticker;

    RunJob(RunMachine machine, RunConfig config) {
        this.machine = machine;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        ticker = Ticker.start("run-machine", config.interval(), this::workOff);
    }

    private void workOff() {
        Work work;
        do {
            work = machine.work();
        } while (work == Work.MORE && !stopping);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        if (ticker != null) {
            ticker.close();
        }
    }
}
