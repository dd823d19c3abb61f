package io.everstate.backup.store;

/** @param version what tells this content from another under the same name: the storage's entity tag */
public record StoredObject(String name, long bytes, String version) {}
