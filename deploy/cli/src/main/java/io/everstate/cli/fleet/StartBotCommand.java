package io.everstate.cli.fleet;

import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.place.DataOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "start-bot", description = "Lets a stopped bot trade; as `bots start`.")
public final class StartBotCommand implements Callable<Integer> {

    @Option(names = "--bot-id", required = true, description = "as `everstate bots` shows it")
    private String id = "";

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Override
    public Integer call() {
        System.out.println(BotsCommand.sentence(new Bots(new Services(dataOption.data(), System.getenv())).start(id)));
        return ExitCode.OK.number();
    }
}
