package io.everstate.contracts.log;

/**
 * Why a bot is not followed any more: one of its records is not understood. It is again from a checkpoint on that is numbered above all that
 * was passed over, or by a version that understands the record.
 *
 * @param type of the record
 * @param why it is not understood
 * @param offset of the record in its partition
 * @param sequence the highest number of the bot that was passed over; a version that understands the record may have counted up to it
 */
public record Parking(String type, String why, long offset, long sequence) {
    Parking passing(long number) {
        return new Parking(type, why, offset, Math.max(sequence, number));
    }
}
