package io.everstate.backup.kit;

import io.everstate.backup.catalogue.Backup.Completed;
import java.util.List;

/**
 * A backup of a workspace that can be restored now.
 *
 * @param chain all that it needs, the oldest first, and the backup itself
 */
record RestorePoint(Choice choice, List<Completed> chain) {
    /** Why this one. */
    enum Choice {
        /** A drill restored it, which none of the newer ones can say. */
        PROVEN,
        /** The newest that was read back. */
        NEWEST
    }

    RestorePoint {
        chain = List.copyOf(chain);
    }

    Completed backup() {
        return chain.getLast();
    }

    String workspace() {
        return backup().head().workspace();
    }

    boolean encrypted() {
        return chain.stream().anyMatch(member -> member.head().encrypted());
    }
}
