package io.everstate.state.oracle;

import io.everstate.contracts.log.Parking;
import io.everstate.state.fold.ParkedBot;

/**
 * Where a bot is parked.
 *
 * @param sequence the highest number that was passed over
 * @param epoch of the partition at the record at which it was parked
 */
record ParkedAt(String type, long offset, long sequence, long epoch) {
    static ParkedAt of(Parking parking, long epoch) {
        return new ParkedAt(parking.type(), parking.offset(), parking.sequence(), epoch);
    }

    static ParkedAt of(ParkedBot bot) {
        return of(bot.parking(), bot.epoch());
    }
}
