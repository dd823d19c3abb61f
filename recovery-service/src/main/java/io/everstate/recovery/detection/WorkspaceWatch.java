package io.everstate.recovery.detection;

import io.everstate.contracts.backup.InspectionView;
import io.everstate.recovery.disaster.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the workspaces; remembers between the looks. One look at a time. */
final class WorkspaceWatch {
    private final Observer observer;
    private final Duration confirmAfter;
    private final Map<String, List<FileDamageDetector>> detectors = new HashMap<>();

    WorkspaceWatch(Observer observer, Duration confirmAfter) {
        this.observer = observer;
        this.confirmAfter = confirmAfter;
    }

    /** Names of the workspaces that were ever looked at. */
    synchronized Set<String> workspaces() {
        return Set.copyOf(detectors.keySet());
    }

    /** Whether another look may confirm something. */
    synchronized boolean suspects() {
        return all().anyMatch(FileDamageDetector::suspects);
    }

    /** What the newest looks saw broken and no backup can mend. */
    synchronized List<String> warnings() {
        return all().flatMap(detector -> detector.warnings().stream()).sorted().toList();
    }

    synchronized List<Finding> look() {
        var seen = observer.workspaces();
        var names = seen.stream().map(InspectionView::workspace).collect(Collectors.toSet());
        detectors.forEach((name, own) -> {
            if (!names.contains(name)) {
                own.forEach(FileDamageDetector::lookFailed);
            }
        });
        return seen.stream().flatMap(this::look).toList();
    }

    private Stream<Finding> look(InspectionView seen) {
        return detectors.computeIfAbsent(seen.workspace(), this::detectorsOf).stream()
                .map(detector -> detector.look(seen))
                .flatMap(Optional::stream);
    }

    private List<FileDamageDetector> detectorsOf(String workspace) {
        return List.of(
                FileDamageDetector.dataCorruption(workspace, confirmAfter),
                FileDamageDetector.configLoss(workspace, confirmAfter));
    }

    private Stream<FileDamageDetector> all() {
        return detectors.values().stream().flatMap(List::stream);
    }
}
