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
        if (!Files.exists(data.lock())) {
            throw nothingRuns(data);
        }
        Optional<SuiteLock> lock = SuiteLock.tryTake(data);
        if (lock.isPresent()) {
            try (SuiteLock _ = lock.get()) {
                endOrphans(data);
            }
        } else {
            stop(SuiteLock.supervisor(data)
                    .orElseThrow(() -> new CommandFailedException(ExitCode.FAILED, SuiteLock.busy(data))));
        }
        System.out.println("Everstate on " + data.root() + " is stopped.");
        return ExitCode.OK.number();
    }

    private static void endOrphans(DataDirectory data) {
        if (new Orphans(data, System.out::println).end() == 0) {
            throw nothingRuns(data);
        }
    }

    private static CommandFailedException nothingRuns(DataDirectory data) {
        return new CommandFailedException(
                ExitCode.UNREACHABLE, "Everstate does not run on " + data.root() + "; there is nothing to stop");
    }

    private static void stop(ProcessHandle supervisor) throws InterruptedException {
        long pid = supervisor.pid();
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
