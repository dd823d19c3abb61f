package io.everstate.state.fold;

import java.util.List;

/** Where a partition stands and who is parked there, while nobody else can move it. */
public record ParkedPlace(long nextOffset, long revision, List<ParkedBot> parked) {
    /** Whether these bots are parked there, each still at the same record of the same log. */
    public boolean has(List<ParkedBot> bots, long known) {
        return revision == known
                && bots.stream()
                        .allMatch(bot -> parked.stream()
                                .anyMatch(now -> now.bot().equals(bot.bot())
                                        && now.parking().offset()
                                                == bot.parking().offset()));
    }
}
