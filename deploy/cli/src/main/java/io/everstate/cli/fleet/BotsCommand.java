package io.everstate.cli.fleet;

import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Bots.Checkpoint;
import io.everstate.cli.client.Bots.Shown;
import io.everstate.cli.client.ExternalBots;
import io.everstate.cli.client.ExternalBots.Token;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "bots",
        description = "Lists the bots; its subcommands show and change them.",
        subcommands = {
            CreateBotCommand.class,
            ConfigureBotCommand.class,
            RestoreBotCommand.class,
            RegisterBotCommand.class,
            FreqtradeConfigurationCommand.class
        })
public final class BotsCommand implements Callable<Integer> {

    private static final int HASH_SHOWN = 12;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        return list(dataOption, jsonOption);
    }

    @Command(
            name = "list",
            description =
                    "Lists the bots, and why any is parked; ends with 1 when some are shown as they were last known.")
    int list(@Mixin DataOption where, @Mixin JsonOption json) {
        Page<BotState> bots = bots(where).known();
        System.out.println(json.show(
                bots.degraded() == null ? FleetSheet.json(bots) : bots,
                () -> bots.items().isEmpty() ? "There are no bots yet." : FleetSheet.of(bots)));
        if (bots.degraded() == null) {
            return ExitCode.OK.number();
        }
        System.err.println("Degraded: " + bots.degraded().why() + ".");
        return ExitCode.FAILED.number();
    }

    @Command(name = "show", description = "Shows one bot, market by market.")
    int show(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where, @Mixin JsonOption json) {
        Shown bot = bots(where).one(id);
        System.out.println(json.show(bot, () -> BotSheet.of(bot, Instant.now())));
        return ExitCode.OK.number();
    }

    @Command(name = "start", description = "Lets a stopped bot trade.")
    int start(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where) {
        return act(id, "start", where);
    }

    @Command(name = "stop", description = "Ends a bot's run; its positions stay.")
    int stop(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where) {
        return act(id, "stop", where);
    }

    @Command(name = "pause", description = "Lets a running bot wait until it is resumed, also over restarts.")
    int pause(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where) {
        return act(id, "pause", where);
    }

    @Command(name = "resume", description = "Lets a paused bot trade on.")
    int resume(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where) {
        return act(id, "resume", where);
    }

    @Command(name = "clear-emergency", description = "Says that you have looked; the bot can be started again.")
    int clearEmergency(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where) {
        return act(id, "clear-emergency", where);
    }

    @Command(name = "delete", description = "Deletes a bot that does not run, for good; needs the role admin.")
    int delete(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where) {
        System.out.println(sentence(bots(where).delete(id)));
        return ExitCode.OK.number();
    }

    @Command(
            name = "token",
            description = "Gives a bot that runs elsewhere another token; the one before is dead at once.")
    int token(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where, @Mixin JsonOption json) {
        Token issued = new ExternalBots(new Services(where.data(), System.getenv())).anotherToken(id);
        System.out.println(json.show(issued, () -> RegisterBotCommand.sentence(issued)));
        return ExitCode.OK.number();
    }

    @Command(name = "checkpoints", description = "Lists a bot's local checkpoints, each verified now.")
    int checkpoints(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where, @Mixin JsonOption json) {
        List<Checkpoint> checkpoints = bots(where).checkpoints(id);
        System.out.println(json.show(
                checkpoints,
                () -> checkpoints.isEmpty() ? "There are no checkpoints of it here." : sheet(checkpoints)));
        return ExitCode.OK.number();
    }

    private static String sheet(List<Checkpoint> checkpoints) {
        Table table = new Table("SEQUENCE", "SAVED", "BYTES", "SHA-256", "SOUND");
        for (Checkpoint file : checkpoints) {
            table.row(
                    file.sequence(),
                    file.savedAt().truncatedTo(ChronoUnit.SECONDS),
                    file.bytes(),
                    file.sha256()
                            .substring(0, Math.min(HASH_SHOWN, file.sha256().length())),
                    file.defect() == null ? "yes" : "no: " + file.defect());
        }
        return table.render();
    }

    private static int act(String id, String action, DataOption where) {
        System.out.println(sentence(bots(where).act(id, action)));
        return ExitCode.OK.number();
    }

    private static Bots bots(DataOption where) {
        return new Bots(new Services(where.data(), System.getenv()));
    }

    static String sentence(BotState bot) {
        return "Bot " + bot.id() + " (" + bot.configuration().name() + ") is "
                + bot.lifecycle().status() + ".";
    }
}
