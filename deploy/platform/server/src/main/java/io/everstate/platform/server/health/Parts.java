package io.everstate.platform.server.health;

import io.everstate.platform.server.part.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** The parts as the endpoint sees them: probed side by side, stopped and started one call at a time. */
public final class Parts {

    private final List<Part> all;

    public Parts(List<Part> all) {
        this.all = List.copyOf(all);
    }

    /** Which parts answer now, by name. */
    Map<String, Boolean> probe() {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<Boolean>> probes = new LinkedHashMap<>();
            all.forEach(part -> probes.put(part.name(), executor.submit(part::answers)));
            return probes.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, probe -> outcome(probe.getValue()), (a, b) -> a, LinkedHashMap::new));
        }
    }

    synchronized void stop(Part part) {
        part.stop();
    }

    synchronized void start(Part part) {
        if (!part.answers()) {
            part.stop();
            part.start();
        }
    }

    Optional<Part> find(String name) {
        return all.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    private static boolean outcome(Future<Boolean> probe) {
        try {
            return probe.get();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
