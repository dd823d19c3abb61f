package io.everstate.state.snapshot.store;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.fold.ParkedBot;
import java.util.List;
import java.util.Optional;

/** Who was parked at the cut of a snapshot. */
public record Parked(List<ParkedBot> bots) {
    public Parked {
        bots = List.copyOf(bots);
    }

    Optional<ParkedBot> find(BotId bot) {
        return bots.stream().filter(parked -> parked.bot().equals(bot)).findFirst();
    }
}
