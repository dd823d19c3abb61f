package io.everstate.cli.fleet;

import io.everstate.cli.client.ExternalBots;
import io.everstate.cli.client.ExternalBots.NewExternalBot;
import io.everstate.cli.client.ExternalBots.Token;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.place.DataOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "register", description = "Registers a bot that runs elsewhere, and shows its token, this once.")
final class RegisterBotCommand implements Callable<Integer> {

    @Option(names = "--name", required = true, description = "a label for people")
    private String name = "";

    @Option(
            names = "--system",
            description = "what runs it, as freqtrade or python (default: ${DEFAULT-VALUE})",
            defaultValue = "freqtrade")
    private String system = "";

    @Option(names = "--label", paramLabel = "<name>=<value>", description = "by which bots are selected, repeatable")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--depends-on", paramLabel = "<bot-id>", description = "a bot that it needs, repeatable")
    private List<String> dependsOn = List.of();

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        ExternalBots bots = new ExternalBots(new Services(dataOption.data(), System.getenv()));
        Token issued = bots.register(new NewExternalBot(name, system, labels, dependsOn));
        System.out.println(jsonOption.show(issued, () -> sentence(issued)));
        return ExitCode.OK.number();
    }

    static String sentence(Token issued) {
        return "Bot " + issued.bot() + " (" + issued.name() + "): " + issued.note() + "."
                + (issued.token() == null ? "" : "\n" + issued.token());
    }
}
