package io.everstate.cli.fleet;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Bots, made by the fold as real ones are. */
final class SampleBots {

    private SampleBots() {}

    static BotState stopped(int number) {
        BotConfiguration configuration = new BotConfiguration(
                "bot " + number,
                "sma-cross",
                List.of("BTC/USD"),
                Amount.of(1000),
                Amount.ZERO,
                Map.of(),
                RestartPolicy.RESUME,
                null);
        BotId id = new BotId(new UUID(0x7000L, 0x8000_0000_0000_0000L | number));
        Transition created =
                Transition.of(id, null, new BotCreated(BotKind.TRADING, configuration), 1, Instant.EPOCH, null);
        return ((Transition.Accepted) created).state();
    }
}
