package io.everstate.cli.fleet;

import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Bots.NewBot;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "create", description = "Makes a bot; it is stopped at first.")
final class CreateBotCommand implements Callable<Integer> {

    @Option(names = "--name", required = true, description = "a label for people")
    private String name = "";

    @Option(
            names = "--strategy",
            required = true,
            description = "sma-cross, rsi-reversion, bollinger, grid, dca or triangular-arbitrage")
    private String strategy = "";

    @Option(
            names = "--symbol",
            description = "a market, repeatable (default: ${DEFAULT-VALUE})",
            defaultValue = "BTC/USD")
    private List<String> symbols = List.of();

    @Option(
            names = "--initial-balance",
            description = "in the quote currency (default: ${DEFAULT-VALUE})",
            defaultValue = "10000",
            converter = AmountConverter.class)
    private Amount initialBalance = Amount.ZERO;

    @Option(
            names = "--parameter",
            paramLabel = "<name>=<number>",
            description = "of the strategy, repeatable",
            converter = {TextConverter.class, AmountConverter.class})
    private Map<String, Amount> parameters = new LinkedHashMap<>();

    @Option(
            names = "--restart-policy",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
            defaultValue = "RESUME")
    private RestartPolicy restartPolicy = RestartPolicy.RESUME;

    @Option(
            names = "--max-drawdown",
            description = "0.2 = an emergency stop when 20 %% of the highest value are lost (default: no limit)",
            converter = AmountConverter.class)
    private @Nullable Amount maxDrawdown;

    @Option(names = "--label", paramLabel = "<name>=<value>", description = "by which bots are selected, repeatable")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Mixin
    private final RiskOptions risk = new RiskOptions();

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Override
    public Integer call() {
        NewBot wanted = new NewBot(
                name,
                strategy,
                symbols,
                initialBalance,
                parameters,
                restartPolicy,
                maxDrawdown,
                labels,
                risk.slippageRate(Amount.ZERO),
                risk.limits(RiskLimits.NONE));
        BotState bot = new Bots(new Services(dataOption.data(), System.getenv())).create(wanted);
        System.out.println(BotsCommand.sentence(bot) + " `everstate bots start " + bot.id() + "` lets it trade.");
        return ExitCode.OK.number();
    }
}
