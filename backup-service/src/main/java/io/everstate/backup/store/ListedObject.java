package io.everstate.backup.store;

import java.time.Instant;

/**
 * @param writtenAt by the storage's clock
 * @param version what tells this content from another under the same name: the storage's entity tag; empty where a listing has none
 */
public record ListedObject(String name, long bytes, Instant writtenAt, String version) {}
