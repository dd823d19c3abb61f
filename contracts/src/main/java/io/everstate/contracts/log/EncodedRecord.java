package io.everstate.contracts.log;

import java.util.Map;

/**
 * A record as Kafka keeps it.
 *
 * @param key the bot's id; of a claim the constant {@code owner}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
public record EncodedRecord(String key, Map<String, String> headers, byte[] data) {}
