package io.everstate.cli.state;

import io.everstate.cli.client.Services;
import io.everstate.cli.client.State;
import io.everstate.cli.client.State.Moment;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.place.DataOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "state",
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at bots' states as state-service has folded them.")
public final class StateCommand {

    /** One of them at most. */
    static final class MomentOption {
        @Option(names = "--at", paramLabel = "<time>", description = "as it was then, like 2026-11-22T08:00:00Z")
        private @Nullable String at;

        @Option(names = "--sequence", paramLabel = "<n>", description = "as it was after its event of this number")
        private @Nullable String sequence;
    }

    @Command(name = "show", description = "Shows one bot symbol by symbol, now or as it was.")
    int show(
            @Parameters(paramLabel = "<bot-id>") String id,
            @ArgGroup @Nullable MomentOption when,
            @Mixin DataOption where,
            @Mixin JsonOption json) {
        State state = new State(new Services(where.data(), System.getenv()));
        Moment moment = when == null ? new Moment(null, null) : new Moment(when.at, when.sequence);
        System.out.println(
                json.wanted()
                        ? json.show(state.bot(id, moment), () -> "")
                        : state.sheet(id, moment).stripTrailing());
        return ExitCode.OK.number();
    }
}
