package io.everstate.backup.swap;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.swap.Journal.Change;
import io.everstate.backup.swap.SwapDirectory.Outcome;
import io.everstate.backup.workspace.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Puts staged files in their places, one rename each, and takes them out again. Before the first rename the journal says what was there;
 * after the last one, when all content was checked, the outcome says COMMITTED. Found without an outcome, it is undone.
 */
public final class Swap {
    private static final Logger LOG = Logger.getLogger(Swap.class);

    private final Workspace workspace;
    private final SafePlace places;
    private final SwapDirectory directory;
    private final Disk disk;

    public Swap(Workspace workspace, SwapDirectory directory, Disk disk) {
        this.workspace = workspace;
        this.places = new SafePlace(workspace);
        this.directory = directory;
        this.disk = disk;
    }

    /** Keeps what is there and writes the journal; changes nothing yet. */
    public Journal prepare(Map<Entry, Integer> staged) throws IOException {
        places.check(staged.keySet());
        Set<String> directories = new LinkedHashSet<>();
        List<Change> changes = new ArrayList<>();
        for (var entry : staged.keySet()) {
            var place = places.of(entry.path());
            missingDirectories(entry, place, directories);
            if (entry.type() != EntryType.DIRECTORY) {
                changes.add(change(staged.getOrDefault(entry, -1), entry, place));
            }
        }
        var journal = new Journal(Journal.FORMAT_VERSION, directory.restoreId(), List.copyOf(directories), changes);
        directory.write(journal);
        return journal;
    }

    private Change change(int number, Entry entry, Path place) throws IOException {
        if (entry.type() == EntryType.LINK) {
            disk.createLink(directory.staged(number), Path.of(String.valueOf(entry.linkTarget())));
        } else {
            FileDress.put(directory.staged(number), entry);
        }
        var existed = exists(place);
        if (existed) {
            disk.keep(place, directory.previous(number));
        }
        return new Change(number, entry, existed);
    }

    private void missingDirectories(Entry entry, Path place, Set<String> directories) {
        for (var parent : places.parents(place)) {
            if (!Files.isDirectory(parent)) {
                directories.add(workspace.root().relativize(parent).toString());
            }
        }
        if (entry.type() == EntryType.DIRECTORY && !Files.isDirectory(place)) {
            directories.add(entry.path());
        }
    }

    /** @throws IOException when a step fails; some files are swapped then, and {@link #undo} is due */
    public void perform(Journal journal, Map<Entry, Integer> staged, Lease lease) throws IOException {
        for (var path : journal.directories()) {
            disk.createDirectory(places.of(path));
        }
        for (var change : journal.changes()) {
            lease.check();
            places.check(List.of(change.entry()));
            disk.replace(
                    directory.staged(change.number()), places.of(change.entry().path()));
        }
        dressDirectories(staged, journal);
    }

    /** Last, since a directory that was closed to writing could take no file. */
    private void dressDirectories(Map<Entry, Integer> staged, Journal journal) throws IOException {
        for (var entry : staged.keySet()) {
            if (entry.type() == EntryType.DIRECTORY && journal.directories().contains(entry.path())) {
                FileDress.put(places.of(entry.path()), entry);
            }
        }
    }

    /** Reads every file where it is now. */
    public void validate(Journal journal) throws IOException {
        for (var change : journal.changes()) {
            var entry = change.entry();
            var place = places.of(entry.path());
            if (!Content.isOf(place, entry)) {
                throw new IOException(entry.path() + " is not what was restored");
            }
        }
    }

    public void commit() throws IOException {
        directory.write(Outcome.COMMITTED);
    }

    /** What became of it, finally. Undoes what has neither been committed nor undone; can be repeated after it was cut off. */
    public Optional<Outcome> settle() throws IOException {
        var outcome = directory.findOutcome();
        var journal = directory.findJournal();
        if (outcome.isPresent() || journal.isEmpty()) {
            return outcome;
        }
        undo(journal.get());
        return Optional.of(Outcome.ROLLED_BACK);
    }

    private void undo(Journal journal) throws IOException {
        for (var change : journal.changes().reversed()) {
            if (!exists(directory.staged(change.number()))) {
                undo(change, places.of(change.entry().path()));
            }
        }
        for (var path : journal.directories().reversed()) {
            try {
                disk.delete(places.of(path));
            } catch (DirectoryNotEmptyException e) {
                LOG.infof("%s stays: somebody has put something into it", path);
            }
        }
        directory.write(Outcome.ROLLED_BACK);
    }

    /** Of one that was swapped; there is nothing kept any more when this was done before. */
    private void undo(Change change, Path place) throws IOException {
        var previous = directory.previous(change.number());
        if (!change.existed()) {
            disk.delete(place);
        } else if (exists(previous)) {
            disk.replace(previous, place);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
