package io.everstate.backup.backup;

import io.everstate.backup.archive.Base;
import io.everstate.backup.archive.EntryCursor;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files that the base of an INCREMENTAL holds as they are now. Size, mode, owner and all times tell that a file is the same; where they cannot,
 * it is read, and its SHA-256 tells. What may be of several moments in the base is never the same. Files are asked for in the order of their paths, as
 * the base has them. Belongs to one thread.
 */
final class Held {
    static final Held NOTHING = new Held(new EntryCursor(List.of()), new UUID(0, 0), Instant.EPOCH);

    /** Of the coarsest clock of a file system that is in use: within it a second write need not change any time. */
    private static final Duration GRANULARITY = Duration.ofSeconds(2);

    private final EntryCursor entries;
    private final UUID base;

    /** What was changed before is known by its times. */
    private final Instant settled;

    private Held(EntryCursor entries, UUID base, Instant settled) {
        this.entries = entries;
        this.base = base;
        this.settled = settled;
    }

    /** @param now before the base was read, a clock went back: then no time of a file tells anything */
    static Held of(@Nullable Base base, Instant now) {
        if (base == null) {
            return NOTHING;
        }
        var metadata = base.manifest().backup();
        var settled =
                now.isBefore(metadata.time()) ? Instant.MIN : metadata.time().minus(GRANULARITY);
        return new Held(new EntryCursor(base.manifest().entries()), metadata.id(), settled);
    }

    /**
     * Without reading it. Of a database the times of its file say nothing: its log has the newest content.
     *
     * @return the entry to name; empty when it has to be read
     */
    Optional<Entry> unchanged(String path, FileAttributes now, Workspace workspace) {
        return find(Manifest.WORKSPACE + path)
                .filter(was ->
                        was.database() == null && SqliteFiles.databaseOf(path).isEmpty())
                .filter(was ->
                        was.condition() != null || !workspace.criticalFiles().contains(path))
                .filter(was -> was.size() == now.size()
                        && was.modeBits() == now.mode()
                        && was.uid() == now.uid()
                        && was.gid() == now.gid()
                        && was.modifiedAt().equals(now.modifiedAt())
                        && was.changedAt().equals(now.changedAt())
                        && was.changedAt().isBefore(settled))
                .map(was -> was.heldBy(holder(was)));
    }

    /** @return the same entry, without its content when the base holds that under the same mode, owner and time of writing */
    Entry orHeld(Entry read) {
        return find(read.name())
                .filter(was -> read.changedWhileRead() == null
                        && was.size() == read.size()
                        && Objects.equals(was.sha256(), read.sha256())
                        && was.mode().equals(read.mode())
                        && was.uid() == read.uid()
                        && was.gid() == read.gid()
                        && was.modifiedAt().equals(read.modifiedAt())
                        && was.database() == read.database())
                .map(was -> read.heldBy(holder(was)))
                .orElse(read);
    }

    private Optional<Entry> find(String name) {
        return entries.find(name).filter(was -> was.type() == EntryType.FILE && was.changedWhileRead() == null);
    }

    private UUID holder(Entry was) {
        return was.heldBy() == null ? base : was.heldBy();
    }
}
