package io.everstate.contracts.backup;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the chain of a workspace's seals to be held against bucket and catalogue.
 *
 * @param archives whether archives are read to their last byte, not only their sizes compared; they are when it is null
 * @param noted a seal that the chain must hold, noted elsewhere; null when none was
 */
public record SealCheckRequest(
        String workspace,
        @Nullable Boolean archives,
        @Nullable SealHead noted) {}
