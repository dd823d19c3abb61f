package io.everstate.recovery.detection;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.recovery.disaster.Disaster;
import io.everstate.recovery.disaster.Finding;
import io.everstate.recovery.platform.DatabaseUnavailableException;
import io.everstate.recovery.run.RecoveryService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks, and hands what is found to the recovery. While the database is away findings are kept in memory and handed over later. A dead
 * service mutes the findings about files: its own recovery looks after them, and they may be its effects.
 */
final class DisasterWatch {
    private static final Logger LOG = Logger.getLogger(DisasterWatch.class);

    private final ServiceWatch services;
    private final WorkspaceWatch workspaces;
    private final RecoveryService recovery;
    private final DetectionConfig config;
    private final Map<Key, Finding> waiting = new LinkedHashMap<>();

    private record Key(DisasterType type, String subject) {}

    DisasterWatch(ServiceWatch services, WorkspaceWatch workspaces, RecoveryService recovery, DetectionConfig config) {
        this.services = services;
        this.workspaces = workspaces;
        this.recovery = recovery;
        this.config = config;
    }

    void lookAtServices() {
        report(services.look());
    }

    void lookAtWorkspaces() {
        report(workspaces.look());
    }

    /**
     * Looks at everything now, a second time where the first look suspects something.
     *
     * @return what is open after that
     */
    List<Disaster> check() {
        lookAtServices();
        lookAtWorkspaces();
        if (workspaces.suspects()) {
            var later = CompletableFuture.delayedExecutor(config.confirmAfter().toMillis() + 1, TimeUnit.MILLISECONDS);
            CompletableFuture.runAsync(this::lookAtWorkspaces, later).join();
        }
        return recovery.openDisasters();
    }

    List<String> checked() {
        var all = new ArrayList<>(services.services());
        workspaces.workspaces().stream()
                .sorted()
                .map(name -> "workspace " + name)
                .forEach(all::add);
        return all;
    }

    /** Damage that is no disaster, for no backup contradicts it: a sentence each, for a person has to mend it. */
    List<String> warnings() {
        return workspaces.warnings();
    }

    private synchronized void report(List<Finding> findings) {
        findings.forEach(finding -> waiting.putIfAbsent(new Key(finding.type(), finding.subject()), finding));
        if (waiting.isEmpty()) {
            return;
        }
        try {
            handOver();
        } catch (RuntimeException e) {
            if (DatabaseUnavailableException.in(e) == null) {
                throw e;
            }
            LOG.warnf("%s cannot be recorded yet: the database does not answer", waiting.keySet());
        }
    }

    /** Crashes first; while one is open files are not judged. */
    private void handOver() {
        handOver(waiting.values().stream().filter(DisasterWatch::isCrash).toList());
        var muted = recovery.openDisasters().stream().anyMatch(open -> open.type() == DisasterType.SYSTEM_CRASH);
        if (muted) {
            waiting.values().removeIf(finding -> !isCrash(finding));
        }
        handOver(List.copyOf(waiting.values()));
    }

    private void handOver(List<Finding> findings) {
        for (var finding : findings) {
            recovery.open(finding);
            waiting.remove(new Key(finding.type(), finding.subject()));
        }
    }

    private static boolean isCrash(Finding finding) {
        return finding.type() == DisasterType.SYSTEM_CRASH;
    }
}
