package io.everstate.benchmarks.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Lines of bash, of which every part of a pipe has to end well. */
final class Shell {

    private static final Path NOTHING = Path.of("/dev/null");

    private final Path directory;
    private final Path errors;
    private final Map<String, String> environment;

    /** @param directory to start in; what the programs complain of is kept there */
    Shell(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.errors = directory.resolve("errors.txt");
        this.environment = Map.copyOf(environment);
    }

    /** Takes what a line writes, or gives what it reads. */
    @FunctionalInterface
    interface Part<T> {
        void with(T stream) throws IOException, InterruptedException;
    }

    /** Whether the PATH has this program. */
    static boolean has(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry).resolve(program)));
    }

    void run(String line) throws InterruptedException {
        await(line, start(line, ProcessBuilder.Redirect.from(NOTHING.toFile()), ProcessBuilder.Redirect.DISCARD));
    }

    /** @param sink takes what the line writes, to its end */
    void produce(String line, Part<InputStream> sink) throws InterruptedException {
        Process process = start(line, ProcessBuilder.Redirect.from(NOTHING.toFile()), ProcessBuilder.Redirect.PIPE);
        try (InputStream written = process.getInputStream()) {
            sink.with(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(line, process);
    }

    /** @param source writes all that the line reads */
    void consume(String line, Part<OutputStream> source) throws InterruptedException {
        Process process = start(line, ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.DISCARD);
        try (OutputStream read = process.getOutputStream()) {
            source.with(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(line, process);
    }

    private Process start(String line, ProcessBuilder.Redirect input, ProcessBuilder.Redirect output) {
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-c", "set -euo pipefail; " + line))
                .directory(directory.toFile())
                .redirectInput(input)
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(String line, Process process) throws InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException(line + " ended with " + code + ": " + complaints());
        }
    }

    private String complaints() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
