package io.everstate.contracts.backup;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for archives to be read from storage to their last byte. One of the two is given.
 *
 * @param workspace all of whose completed backups are read
 * @param backupId that is read alone
 */
public record VerificationRequest(
        @Nullable String workspace, @Nullable UUID backupId) {}
