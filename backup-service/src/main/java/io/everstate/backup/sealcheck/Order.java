package io.everstate.backup.sealcheck;

import io.everstate.contracts.backup.SealHead;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A check that was asked for.
 *
 * @param archives whether archives are read to their last byte
 * @param noted a seal that the chain must hold; null when none was given
 */
record Order(
        UUID id,
        String workspace,
        boolean archives,
        @Nullable SealHead noted) {}
