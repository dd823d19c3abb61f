package io.everstate.cli.supervision;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process to keep alive.
 *
 * @param marker an argument of {@code command} by which the process is known to be ours
 * @param environment added to that of the supervisor; may hold secrets, so it is never shown
 * @param pidFile tells a later supervisor of the process
 * @param log takes its standard output and error, with rotation
 * @param readiness answers 200 when the service can be used
 * @param patience how long an ordered stop may take before the process is killed
 */
public record ServiceSpec(
        String name,
        List<String> command,
        String marker,
        Map<String, String> environment,
        Path pidFile,
        Path log,
        URI readiness,
        Backoff backoff,
        Duration patience) {

    public ServiceSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (!command.contains(marker)) {
            throw new IllegalArgumentException("the command of " + name + " lacks its marker " + marker);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
