package io.everstate.backup.rebuild;

import io.everstate.backup.archive.Manifest.Member;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import java.util.List;

/** What the manifest of an archive says of it. */
sealed interface Examined {
    /**
     * @param members of an INCREMENTAL, all that it needs, the oldest first; of others none
     * @param size of its workspace files, in bytes
     */
    record Described(Found found, List<Member> members, long size) implements Examined {
        public Described {
            members = List.copyOf(members);
        }
    }

    /** The manifest is none, or of something else. */
    record Damaged(Corrupted corrupted) implements Examined {}

    /** Nothing is known of it but its name. */
    record Closed(Outcome outcome, String why) implements Examined {}
}
