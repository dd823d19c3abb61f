package io.everstate.backup.kit;

import io.everstate.backup.catalogue.Backup.Completed;
import java.util.List;
import java.util.Optional;

/**
 * A backup of a workspace that can be restored now.
 *
 * @param chain all that it needs, the oldest first, and the backup itself
 */
record RestorePoint(Choice choice, List<Member> chain) {
    /** Why this one. */
    enum Choice {
        /** A drill restored it, which none of the newer ones can say. */
        PROVEN,
        /** The newest that was read back. */
        NEWEST
    }

    /** @param version of the archive's object that was written; empty where the bucket keeps none: what is there now may then be somebody else's */
    record Member(Completed backup, Optional<String> version) {}

    RestorePoint {
        chain = List.copyOf(chain);
    }

    Completed backup() {
        return chain.getLast().backup();
    }

    String workspace() {
        return backup().head().workspace();
    }

    boolean encrypted() {
        return chain.stream().anyMatch(member -> member.backup().head().encrypted());
    }
}
