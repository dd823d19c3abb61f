package io.everstate.cli.suite;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.supervision.ServiceView;
import java.nio.file.Files;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Shows every process of the suite; ends with 1 if one is not up.")
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        DataDirectory data = dataOption.data();
        if (Files.isDirectory(data.root()) && SuiteLock.supervisor(data).isEmpty()) {
            refuseToGuess(data);
        }
        List<ServiceView> services = new Services(data, System.getenv())
                .supervisor()
                .get("/api/v1/services", new TypeReference<List<ServiceView>>() {});
        System.out.println(jsonOption.show(services, () -> table(services)));
        boolean allUp = services.stream().allMatch(service -> service.state() == ServiceView.State.UP);
        return (allUp ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static void refuseToGuess(DataDirectory data) {
        Map<String, ProcessHandle> left = new Orphans(data, System.out::println).find();
        if (!left.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "the supervisor on " + data.root() + " is gone, but " + left.keySet()
                            + " still run; `everstate down` ends them, `everstate up` starts everything anew");
        }
    }

    private static String table(List<ServiceView> services) {
        Table table = new Table("NAME", "STATE", "PID", "RESTARTS", "CRASHES", "STARTED", "ENDED");
        for (ServiceView service : services) {
            table.row(
                    service.name(),
                    service.state(),
                    service.pid(),
                    service.restarts(),
                    service.crashes(),
                    service.startedAt().truncatedTo(ChronoUnit.SECONDS),
                    service.exitedAt() == null
                            ? ""
                            : service.exitedAt().truncatedTo(ChronoUnit.SECONDS) + " code " + service.exitCode());
        }
        return table.render();
    }
}
