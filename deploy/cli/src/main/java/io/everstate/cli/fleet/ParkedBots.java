package io.everstate.cli.fleet;

import io.everstate.contracts.log.Parking;

/** What people are told of a bot that is not followed any more. */
final class ParkedBots {

    private ParkedBots() {}

    /** @param last its status as it was known last */
    static String status(String last) {
        return "PARKED, was " + last;
    }

    static String why(Parking parking) {
        return "the record at offset %d of its partition, %s, is not understood: %s"
                .formatted(parking.offset(), parking.type(), parking.why());
    }
}
