package io.everstate.cli.suite;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.DataOption;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "down",
        description = "Stops in order what `everstate up` started; also what a killed `up` left behind.")
public final class DownCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        DataDirectory data = dataOption.data();
        Optional<Long> supervisor = Files.isDirectory(data.root()) ? SuiteLock.heldBy(data) : Optional.empty();
        if (supervisor.isPresent()) {
            stop(supervisor.get());
            System.out.println("Everstate on " + data.root() + " is stopped.");
            return ExitCode.OK.number();
        }
        int ended = new Orphans(data, System.out::println).end();
        if (ended == 0) {
            throw new CommandFailedException(
                    ExitCode.UNREACHABLE, "Everstate does not run on " + data.root() + "; there is nothing to stop");
        }
        System.out.println("Everstate on " + data.root() + " is stopped.");
        return ExitCode.OK.number();
    }

    private static void stop(long pid) throws InterruptedException {
        ProcessHandle supervisor = ProcessHandle.of(pid)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED, "the supervisor (pid " + pid + ") cannot be seen from here"));
        supervisor.destroy();
        try {
            supervisor.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "the supervisor (pid " + pid + ") has not stopped within " + PATIENCE.toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of process " + pid + " cannot be awaited", e);
        }
    }
}
