package io.everstate.backup.sealcheck;

import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param head the newest seal that the catalogue knows; null where there is none
 * @param seals how many it knows
 * @param held how many backups are to be in the bucket
 * @param removed how many may be missing
 */
record Report(@Nullable SealHead head, long seals, long held, long removed, List<Finding> findings) {
    Report {
        findings = List.copyOf(findings);
    }
}
