package io.everstate.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.cli.client.ExternalBots;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.place.DataOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "freqtrade-config",
        description =
                "Prints what to paste into freqtrade's configuration so that it reports; put the token in its place.")
final class FreqtradeConfigurationCommand implements Callable<Integer> {

    /** How freqtrade sends. */
    enum Format {
        FORM,
        JSON,
        RAW
    }

    @Parameters(paramLabel = "<bot-id>")
    private String id = "";

    @Option(
            names = "--format",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
            defaultValue = "JSON")
    private Format format = Format.JSON;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Override
    public Integer call() {
        ExternalBots bots = new ExternalBots(new Services(dataOption.data(), System.getenv()));
        JsonNode configuration = bots.freqtradeConfiguration(id, format.name().toLowerCase(Locale.ROOT));
        System.out.println(configuration.toPrettyString());
        return ExitCode.OK.number();
    }
}
