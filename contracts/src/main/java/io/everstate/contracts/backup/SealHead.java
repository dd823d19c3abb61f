package io.everstate.contracts.backup;

/**
 * A seal of a workspace's chain, as it is noted where nobody who reaches the bucket can change it.
 *
 * @param number 1, 2, 3 ... within the workspace
 * @param sha256 of the seal as it is stored, in hexadecimal
 */
public record SealHead(long number, String sha256) {}
