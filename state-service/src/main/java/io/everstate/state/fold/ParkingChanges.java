package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import java.util.List;

/**
 * What a run of records changed about which bots are followed.
 *
 * @param parked each bot that is parked at its end and of which something was passed over, once, as it is at the end
 * @param followed each bot that was parked and is not any more
 */
public record ParkingChanges(List<ParkedBot> parked, List<BotId> followed) {
    public static final ParkingChanges NONE = new ParkingChanges(List.of(), List.of());

    public boolean none() {
        return parked.isEmpty() && followed.isEmpty();
    }
}
