package io.everstate.cli.fleet;

import io.everstate.cli.client.Bots;
import io.everstate.cli.client.ServiceClient.Versioned;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.ConfigurationVersion;
import io.everstate.contracts.bot.RestartPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "configure",
        description = "Changes a bot's configuration; what is not named stays. A running bot goes on with it.")
final class ConfigureBotCommand implements Callable<Integer> {

    @Parameters(paramLabel = "<bot-id>")
    private String id = "";

    @Option(names = "--name", description = "a label for people")
    private @Nullable String name;

    @Option(names = "--strategy", description = "takes its own parameters: those of the strategy before are dropped")
    private @Nullable String strategy;

    @Option(
            names = "--parameter",
            paramLabel = "<name>=<number>",
            description = "of the strategy, repeatable",
            converter = {TextConverter.class, AmountConverter.class})
    private Map<String, Amount> parameters = new HashMap<>();

    @Option(names = "--fee-rate", description = "of each fill", converter = AmountConverter.class)
    private @Nullable Amount feeRate;

    @Option(names = "--restart-policy", description = "${COMPLETION-CANDIDATES}")
    private @Nullable RestartPolicy restartPolicy;

    @Option(names = "--max-drawdown", description = "0.2 = 20 %%", converter = AmountConverter.class)
    private @Nullable Amount maxDrawdown;

    @Option(names = "--no-max-drawdown", description = "no limit any more")
    private boolean noMaxDrawdown;

    @Option(names = "--label", paramLabel = "<name>=<value>", description = "repeatable")
    private Map<String, String> labels = new HashMap<>();

    @Mixin
    private final RiskOptions risk = new RiskOptions();

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Override
    public Integer call() {
        Bots bots = new Bots(new Services(dataOption.data(), System.getenv()));
        Versioned<ConfigurationVersion> present = bots.configuration(id);
        Bots.Configured configured = bots.configure(id, changed(present.body().configuration()), present.version());
        configured.warnings().forEach(warning -> System.out.println("Warning: " + warning));
        System.out.println(
                "Bot " + id + " has version " + configured.present().number() + " of its configuration now.");
        return ExitCode.OK.number();
    }

    private BotConfiguration changed(BotConfiguration saved) {
        Map<String, Amount> values = new HashMap<>(strategy == null ? saved.parameters() : Map.of());
        values.putAll(parameters);
        Map<String, String> all = new HashMap<>(saved.labels());
        all.putAll(labels);
        return new BotConfiguration(
                Objects.requireNonNullElse(name, saved.name()),
                Objects.requireNonNullElse(strategy, saved.strategy()),
                saved.symbols(),
                saved.initialBalance(),
                Objects.requireNonNullElse(feeRate, saved.feeRate()),
                values,
                Objects.requireNonNullElse(restartPolicy, saved.restartPolicy()),
                noMaxDrawdown ? null : maxDrawdown == null ? saved.maxDrawdown() : maxDrawdown,
                all,
                saved.dependsOn(),
                risk.slippageRate(saved.slippageRate()),
                risk.limits(saved.limits()));
    }
}
