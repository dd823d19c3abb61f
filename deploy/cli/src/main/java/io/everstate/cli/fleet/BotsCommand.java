package io.everstate.cli.fleet;

import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.bot.BotState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "bots",
        description = "Lists the bots; `bots create`, `bots start` and `bots stop` change them.",
        subcommands = CreateBotCommand.class)
public final class BotsCommand implements Callable<Integer> {

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        List<BotState> bots = new Bots(new Services(dataOption.data(), System.getenv())).all();
        System.out.println(jsonOption.show(bots, () -> bots.isEmpty() ? "There are no bots yet." : table(bots)));
        return ExitCode.OK.number();
    }

    @Command(name = "start", description = "Lets a stopped bot trade.")
    int start(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where) {
        BotState bot = new Bots(new Services(where.data(), System.getenv())).start(id);
        System.out.println(sentence(bot));
        return ExitCode.OK.number();
    }

    @Command(name = "stop", description = "Ends a bot's run; its positions stay.")
    int stop(@Parameters(paramLabel = "<bot-id>") String id, @Mixin DataOption where) {
        BotState bot = new Bots(new Services(where.data(), System.getenv())).stop(id);
        System.out.println(sentence(bot));
        return ExitCode.OK.number();
    }

    static String sentence(BotState bot) {
        return "Bot " + bot.id() + " (" + bot.configuration().name() + ") is "
                + bot.lifecycle().status() + ".";
    }

    private static String table(List<BotState> bots) {
        Table table = new Table("ID", "NAME", "STRATEGY", "STATUS", "TRADES", "VALUE", "PROFIT", "RESTARTS");
        for (BotState bot : bots) {
            table.row(
                    bot.id(),
                    bot.configuration().name(),
                    bot.configuration().strategy(),
                    bot.lifecycle().emergencyStop() == null ? bot.lifecycle().status() : "EMERGENCY STOP",
                    bot.portfolio().trades(),
                    bot.portfolio().totalValue(),
                    bot.portfolio().totalProfit(),
                    bot.lifecycle().restarts());
        }
        return table.render();
    }
}
