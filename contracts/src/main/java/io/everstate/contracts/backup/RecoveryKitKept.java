package io.everstate.contracts.backup;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says that somebody keeps a kit, whose files are written and agree with its sums.
 *
 * @param madeAt as the kit says
 * @param backups as the kit says
 * @param sha256 as the kit says
 * @param place where it is kept, for people
 */
public record RecoveryKitKept(
        @Nullable Instant madeAt,
        @Nullable List<UUID> backups,
        @Nullable String sha256,
        @Nullable String place) {}
