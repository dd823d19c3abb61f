package io.everstate.bot.storage;

import java.time.Instant;

/** @param modified when it was written, by the storage's clock */
public record StoredObject(String name, long bytes, Instant modified) {}
