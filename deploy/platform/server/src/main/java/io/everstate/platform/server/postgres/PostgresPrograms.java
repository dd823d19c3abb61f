package io.everstate.platform.server.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.everstate.platform.server.part.RefusedStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        this.prefix = prefix();
    }

    /** Starts a program that goes on; what it says goes to this process' standard error. */
    Process start(String program, List<String> arguments) {
        try {
            return builder(program, arguments)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(program + " cannot be run", e);
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
            throw new UncheckedIOException(program + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", e);
        }
    }

    /**
     * Where there is setsid, PostgreSQL gets a session of its own: a Ctrl-C in the terminal is for the platform, which
     * stops PostgreSQL in its turn.
     */
    private static List<String> prefix() {
        List<String> prefix = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            prefix.add("/usr/bin/setsid");
        }
        if (new UnixSystem().getUid() == 0) {
            if (!Files.isExecutable(Path.of("/usr/bin/unshare"))) {
                throw new RefusedStartException(
                        "PostgreSQL does not run as root, and unshare, which would help, is missing; start as another user");
            }
            prefix.addAll(List.of("/usr/bin/unshare", "-U"));
        }
        return List.copyOf(prefix);
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
}
