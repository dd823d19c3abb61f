package io.everstate.platform.server.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.everstate.platform.server.part.RefusedStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs. They refuse to run as root; then each gets a user namespace of its own, in which it is
 * nobody and still owns its files.
 */
final class PostgresPrograms {

    private static final long TIMEOUT_SECONDS = 60;

    private final PostgresBinaries binaries;
    private final List<String> prefix;

    PostgresPrograms(PostgresBinaries binaries) {
        this.binaries = binaries;
        this.prefix = new UnixSystem().getUid() == 0 ? List.of("unshare", "-U") : List.of();
    }

    Path file(String program) {
        return binaries.program(program);
    }

    /** Starts a program that goes on; what it says goes to this process' standard error. */
    Process start(String program, List<String> arguments) {
        try {
            return builder(program, arguments)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw cannotRun(program, e);
        }
    }

    /** Runs a program to its end with this input; an exit code but 0 is an error that shows what it said. */
    void run(String program, List<String> arguments, String input) {
        try {
            Process process =
                    builder(program, arguments).redirectErrorStream(true).start();
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(program + " did not end in " + TIMEOUT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(program + " failed: " + output.strip());
            }
        } catch (IOException e) {
            throw cannotRun(program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", e);
        }
    }

    private ProcessBuilder builder(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(binaries.program(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        // neither this process' secrets nor a foreign PGDATA or PGPORT
        environment.keySet().removeIf(key -> key.startsWith("PG") || key.startsWith("EVERSTATE_"));
        environment.put("LC_ALL", "C");
        return builder;
    }

    private RuntimeException cannotRun(String program, IOException e) {
        if (!prefix.isEmpty() && String.valueOf(e.getMessage()).contains("unshare")) {
            return new RefusedStartException(
                    "PostgreSQL does not run as root, and unshare, which would help, is missing; start as another user",
                    e);
        }
        return new UncheckedIOException(program + " cannot be run", e);
    }
}
