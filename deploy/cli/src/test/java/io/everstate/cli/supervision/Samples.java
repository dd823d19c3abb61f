package io.everstate.cli.supervision;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Processes to supervise that do nothing, known by the file that they follow. */
final class Samples {

    private Samples() {}

    static ServiceSpec following(Path file, Path pidFile) {
        return spec(List.of("tail", "-f", file.toString()), file.toString(), pidFile);
    }

    static ServiceSpec spec(List<String> command, String marker, Path pidFile) {
        return new ServiceSpec(
                "sample",
                command,
                marker,
                Map.of("SAMPLE_SETTING", "1"),
                pidFile,
                Path.of(marker).resolveSibling("sample.log"),
                URI.create("http://127.0.0.1:1/ready"),
                Backoff.standard(),
                Duration.ofSeconds(10));
    }

    /** Those that are alive. */
    static List<ProcessHandle> processes(Path file) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .arguments()
                            .map(arguments -> List.of(arguments).contains(file.toString()))
                            .orElse(false))
                    .toList();
        }
    }
}
