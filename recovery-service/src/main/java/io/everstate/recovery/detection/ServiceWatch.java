package io.everstate.recovery.detection;

import io.everstate.recovery.disaster.Finding;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at the services; remembers between the looks. One look at a time. */
final class ServiceWatch {
    private final Observer observer;
    private final List<String> services;
    private final Map<String, CrashDetector> detectors;

    ServiceWatch(Observer observer, DetectionConfig config, Clock clock) {
        this.observer = observer;
        this.services = config.services();
        this.detectors = services.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> new CrashDetector(name, config.misses(), config.startGrace(), clock.instant())));
    }

    List<String> services() {
        return services;
    }

    synchronized List<Finding> look() {
        return observer.services(services).stream()
                .map(seen ->
                        Objects.requireNonNull(detectors.get(seen.service())).look(seen))
                .flatMap(Optional::stream)
                .toList();
    }
}
