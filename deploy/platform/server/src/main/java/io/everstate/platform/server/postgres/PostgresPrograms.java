package io.everstate.platform.server.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.everstate.platform.server.part.RefusedStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs PostgreSQL's programs. They refuse to run as root; then each gets a user namespace of its own, in which it is
 * nobody and still owns its files.
 */
final class PostgresPrograms {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How long the last words of a program that has ended, and the end of one that was killed, are waited for. */
    private static final Duration AFTERMATH = Duration.ofSeconds(5);

    private final PostgresBinaries binaries;
    private final Duration patience;
    private final List<String> prefix;

    PostgresPrograms(PostgresBinaries binaries) {
        this(binaries, PATIENCE);
    }

    /** @param patience how long a program may run that has an end */
    PostgresPrograms(PostgresBinaries binaries, Duration patience) {
        this.binaries = binaries;
        this.patience = patience;
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

    /**
     * Runs a program to its end with this input; an exit code but 0 is an error that shows what it said, and so is an end that does not
     * come in time.
     */
    void run(String program, List<String> arguments, String input) {
        try {
            Process process =
                    builder(program, arguments).redirectErrorStream(true).start();
            CompletableFuture<String> output = read(process);
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
                throw new IllegalStateException(program + " did not end in " + patience.toMillis() / 1000.0 + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(program + " failed: "
                        + output.completeOnTimeout("", AFTERMATH.toMillis(), TimeUnit.MILLISECONDS)
                                .join()
                                .strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(program + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", e);
        }
    }

    /** Beside the wait for the end, which a program that hangs and says nothing would never let begin. */
    private static CompletableFuture<String> read(Process process) {
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("postgres-output").start(() -> {
            try {
                output.complete(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                output.complete("(its output broke: " + e.getMessage() + ")");
            }
        });
        return output;
    }

    /** With the programs that it runs itself; they would go on writing into the directory. */
    private static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture<?>[] ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(
                        null, AFTERMATH.toMillis(), TimeUnit.MILLISECONDS) // one in a broken disk's hands never ends
                .join();
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
