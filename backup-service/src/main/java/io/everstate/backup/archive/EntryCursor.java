package io.everstate.backup.archive;

import io.everstate.backup.archive.Manifest.Entry;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds workspace entries by names that are asked for in their order, as a manifest has them: the two are gone through side by side, and nothing is held
 * but the place. What is asked for behind its turn is not found. Belongs to one thread.
 */
public final class EntryCursor {
    private final Iterator<Entry> entries;
    private @Nullable Entry next;

    /** @param entries in the order of their names */
    public EntryCursor(List<Entry> entries) {
        this.entries = entries.iterator();
        step();
    }

    /** The same name may be asked for again. */
    public Optional<Entry> find(String name) {
        while (next != null && next.name().compareTo(name) < 0) {
            step();
        }
        return Optional.ofNullable(next).filter(entry -> entry.name().equals(name));
    }

    private void step() {
        do {
            next = entries.hasNext() ? entries.next() : null;
        } while (next != null && !next.ofWorkspace());
    }
}
