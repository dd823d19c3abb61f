package io.everstate.backup.seal;

/**
 * A seal of the catalogue.
 *
 * @param inBucket whether it was read back from there once
 */
public record KnownSeal(StoredSeal stored, boolean inBucket) {}
