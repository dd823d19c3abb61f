package io.everstate.cli.rescue;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.ScheduleView;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "schedules", description = "Shows when the next backups come by themselves, and why.")
public final class SchedulesCommand implements Callable<Integer> {

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        Rescue rescue = new Rescue(new Services(dataOption.data(), System.getenv()));
        List<ScheduleView> schedules = rescue.schedules();
        System.out.println(jsonOption.show(schedules, () -> table(schedules)));
        return ExitCode.OK.number();
    }

    static String table(List<ScheduleView> schedules) {
        Table table = new Table("WORKSPACE", "KIND", "NEXT", "WHY");
        for (ScheduleView schedule : schedules) {
            table.row(
                    schedule.workspace(),
                    schedule.kind(),
                    schedule.next() == null ? "-" : schedule.next().truncatedTo(ChronoUnit.SECONDS),
                    schedule.why());
        }
        return table.render();
    }
}
