package io.everstate.state.fold;

import java.util.List;

/** Where a partition stands and who is parked there, while nobody else can move it. */
public record ParkedPlace(long nextOffset, List<ParkedBot> parked) {
    /** Whether these bots are parked there, each still at the same record. */
    public boolean has(List<ParkedBot> bots) {
        return bots.stream()
                .allMatch(bot -> parked.stream()
                        .anyMatch(now -> now.bot().equals(bot.bot())
                                && now.parking().offset() == bot.parking().offset()));
    }
}
