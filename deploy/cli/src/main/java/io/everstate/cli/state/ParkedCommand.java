package io.everstate.cli.state;

import io.everstate.cli.client.Services;
import io.everstate.cli.client.Watch;
import io.everstate.cli.client.Watch.Parked;
import io.everstate.cli.client.Watch.Resumed;
import io.everstate.cli.client.Watch.Skipped;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "parked",
        description =
                "Lists the bots that state-service does not follow any more, and why; ends with 1 if there is one.")
public final class ParkedCommand implements Callable<Integer> {

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        List<Parked> parked = watch(dataOption).parked();
        System.out.println(jsonOption.show(parked, () -> sheet(parked)));
        return (parked.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    static String sheet(List<Parked> parked) {
        if (parked.isEmpty()) {
            return "Every bot is followed.";
        }
        Table table = new Table("BOT", "PARTITION", "OFFSET", "SINCE", "KNOWN TO", "PASSED OVER", "WHY");
        parked.forEach(bot -> table.row(
                bot.bot(),
                bot.partition(),
                bot.offset(),
                bot.since().truncatedTo(ChronoUnit.SECONDS),
                bot.knownTo(),
                bot.passedOver(),
                bot.why()));
        return table.render();
    }

    @Command(
            name = "resume",
            description =
                    "Takes a bot up again from the record that was not understood on; ends with 1 if it is parked again.")
    int resume(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where, @Mixin JsonOption json) {
        Resumed resumed = watch(where).resume(id);
        System.out.println(json.show(resumed, () -> sentence(resumed)));
        return (resumed.parked() == null ? ExitCode.OK : ExitCode.FAILED).number();
    }

    static String sentence(Resumed resumed) {
        Parked parked = resumed.parked();
        return parked == null
                ? "Bot %s is followed again.".formatted(resumed.bot())
                : "Bot %s is parked again, by its record at offset %d: %s"
                        .formatted(resumed.bot(), parked.offset(), parked.why());
    }

    @Command(name = "skip", description = "Has the bot's owner write a checkpoint, behind which it is followed again.")
    int skip(
            @Parameters(paramLabel = "<bot-id>") String id,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "<text>",
                            description = "why what is not understood is left behind; for the audit log")
                    String reason,
            @Mixin DataOption where,
            @Mixin JsonOption json) {
        Skipped skipped = watch(where).skip(id, reason);
        System.out.println(json.show(skipped, () -> sentence(skipped)));
        return ExitCode.OK.number();
    }

    static String sentence(Skipped skipped) {
        String done = skipped.way().equals("SAVED")
                ? "Bot %s: its owner saved its whole state; nothing is lost.".formatted(skipped.bot())
                : "Bot %s: its owner took it back to %s; what it did since is lost, and it is stopped."
                        .formatted(
                                skipped.bot(),
                                skipped.knownTo() == null ? "what was known of it" : "its event " + skipped.knownTo());
        return skipped.backup() == null ? done : done + "\n" + skipped.backup();
    }

    private static Watch watch(DataOption where) {
        return new Watch(new Services(where.data(), System.getenv()));
    }
}
