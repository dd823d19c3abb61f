package io.everstate.cli.suite;

import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.supervision.Journal;
import io.everstate.cli.supervision.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Processes that a killed {@code up} left behind. They go on working without a supervisor, so that its death stops no bot; the next
 * {@code up} or {@code down} ends them, in the order of a stop.
 */
final class Orphans {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DataDirectory data;
    private final Journal journal;

    Orphans(DataDirectory data, Journal journal) {
        this.data = data;
        this.journal = journal;
    }

    /** By name; only processes that are certainly ours. */
    Map<String, ProcessHandle> find() {
        Map<String, ProcessHandle> found = new LinkedHashMap<>();
        for (List<String> together : StopOrder.STEPS) {
            for (String name : together) {
                PidFile.read(data.pidFile(name))
                        .flatMap(PidFile::process)
                        .ifPresent(process -> found.put(name, process));
            }
        }
        postgres().ifPresent(process -> found.put("postgres", process));
        return found;
    }

    /** Returns when none is left; says how many there were. */
    int end() {
        Map<String, ProcessHandle> found = find();
        if (!found.isEmpty()) {
            journal.note("ending " + found.keySet() + ", left behind by an earlier `up` that was killed");
        }
        for (List<String> together : StopOrder.STEPS) {
            List<ProcessHandle> processes =
                    together.stream().filter(found::containsKey).map(found::get).toList();
            processes.forEach(ProcessHandle::destroy);
            processes.forEach(this::awaitEnd);
            together.forEach(this::forget);
        }
        endPostgres();
        return found.size();
    }

    /** PostgreSQL outlives a platform that was killed; an ordered stop of the platform leaves none. */
    void endPostgres() {
        postgres().ifPresent(process -> {
            journal.note("ending PostgreSQL (pid " + process.pid() + "), left behind by a platform that was killed");
            process.destroy();
            awaitEnd(process);
        });
    }

    private void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of process " + process.pid() + " cannot be awaited", e);
        }
    }

    private void forget(String name) {
        try {
            Files.deleteIfExists(data.pidFile(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ProcessHandle> postgres() {
        Path cluster = data.platform().resolve("postgres");
        Path file = cluster.resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            return Files.readAllLines(file).stream()
                    .findFirst()
                    .filter(line -> line.strip().matches("\\d{1,18}"))
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                    .filter(process -> servesFrom(cluster, process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean servesFrom(Path cluster, ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return process.isAlive()
                && info.command()
                        .map(command -> Path.of(command).endsWith("postgres"))
                        .orElse(false)
                && info.arguments()
                        .map(arguments -> List.of(arguments).contains(cluster.toString()))
                        .orElse(false);
    }
}
