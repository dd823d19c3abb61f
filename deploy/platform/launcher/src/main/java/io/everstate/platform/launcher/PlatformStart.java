package io.everstate.platform.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One start of the child process, up to its ready line. */
final class PlatformStart {

    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final Pattern ERROR = Pattern.compile("\"error\":\"(.*)\"}$");
    private static final int SHOWN_LINES = 40;

    private final PlatformOptions options;

    PlatformStart(PlatformOptions options) {
        this.options = options;
    }

    Process run() {
        Process process = launch();
        CompletableFuture<@Nullable String> readyLine = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("platform-output").start(() -> read(process, readyLine));
        try {
            requireReady(readyLine.get(DEADLINE.toSeconds(), TimeUnit.SECONDS));
            return process;
        } catch (PlatformException e) {
            end(process);
            throw e;
        } catch (TimeoutException e) {
            end(process);
            throw failure("the platform was not ready in " + DEADLINE.toSeconds() + " s");
        } catch (ExecutionException e) {
            end(process);
            throw failure("the platform's output broke: " + e.getCause());
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new PlatformException("interrupted while the platform started", e);
        }
    }

    private Process launch() {
        PlatformCommand command = PlatformCommand.of(options);
        try {
            Files.createDirectories(options.data());
            Files.createDirectories(options.logFile().getParent());
            ProcessBuilder builder = new ProcessBuilder(command.command())
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(options.logFile().toFile()));
            builder.environment().putAll(command.environment());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the platform cannot be started: " + command, e);
        }
    }

    /**
     * Reads on after the ready line, so that the child never waits for a reader. To read a pipe holds the thread's carrier until something
     * comes, so a virtual thread would take one from all others for as long as the platform runs.
     */
    private static void read(Process process, CompletableFuture<@Nullable String> readyLine) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("{\"ready\":")) {
                    readyLine.complete(line);
                }
            }
            readyLine.complete(null);
        } catch (IOException e) {
            readyLine.completeExceptionally(e);
        }
    }

    private void requireReady(@Nullable String line) {
        if (line == null) {
            throw failure("the platform ended while it started");
        }
        if (!line.contains("\"ready\":true")) {
            Matcher error = ERROR.matcher(line);
            throw new PlatformException(error.find() ? unescape(error.group(1)) : line);
        }
    }

    private static String unescape(String json) {
        return json.replace("\\u000a", "\n").replaceAll("\\\\([\"\\\\])", "$1");
    }

    private PlatformException failure(String what) {
        return new PlatformException(what + "; the end of " + options.logFile() + ":\n" + endOfLog());
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(options.logFile());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }
}
