package io.everstate.backup.swap;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.lease.Lease;
import java.io.IOException;
import java.util.Map;

/**
 * A swap whose files lie staged; nothing in the workspace is changed yet.
 *
 * @param entries what is staged, with its numbers
 * @param removal what is to go
 */
record StagedSwap(SwapDirectory directory, Swap swap, Map<Entry, Integer> entries, Removal removal) {
    Journal prepare(WayBack wayBack) throws IOException {
        return swap.prepare(entries, removal, wayBack);
    }

    void perform(Journal journal, WayBack wayBack, Lease lease) throws IOException {
        swap.perform(journal, entries, wayBack, lease);
    }
}
