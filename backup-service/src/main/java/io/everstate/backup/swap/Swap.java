package io.everstate.backup.swap;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.swap.Journal.Change;
import io.everstate.backup.swap.SwapDirectory.Outcome;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Puts staged files in their places, one rename each, and takes them out again. Before the first rename the journal says what was there;
 * after the last one, when all content was checked, the outcome says COMMITTED. Found without an outcome, it is undone; an undo deletes
 * nothing but what the restore itself has put there.
 *
 * <p>What has to be on disk before what, so that a cut of the power is no worse than an end of the process:
 *
 * <ol>
 *   <li>content, mode and name of all that is staged, and a second name of all that is to be replaced, before the journal: a place whose rename came through
 *       then has whole content, and an undo has what was there. One flush.
 *   <li>the journal before the first rename. It is a document, forced by itself.
 *   <li>a log that is taken away before the rename of its database, since SQLite would play it into the restored one. Each is forced by itself.
 *   <li>of the other renames and new directories none before another: with a journal and without an outcome each is undone if it came through, and a name that is
 *       still in {@code staged/} tells that it did not. A rename is in both directories or in neither.
 *   <li>all renames, new directories and their modes before the outcome, which ends all looking at them. One flush, after all content was read in its place.
 *   <li>the outcome before the restore's row in the database, and before the journal and what was kept are removed. It is a document, too.
 * </ol>
 *
 * <p>An undo is cut off like this: the journal stays until an outcome is there, and what was put back is not kept any more, so the next undo passes it by.
 */
public final class Swap {
    private static final Logger LOG = Logger.getLogger(Swap.class);

    private static final String WRITTEN_SINCE = "written-since";
    private static final String NOT_PUT_BACK = "not-put-back";

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

    /** @throws UnsafeArchiveException naming the first entry that has no safe place in the workspace as it is now */
    public static void check(Workspace workspace, Collection<Entry> entries) {
        new SafePlace(workspace).check(entries);
    }

    /** The paths of all that is about to be replaced or taken away, whether it is there or not. */
    public Set<String> replaced(Map<Entry, Integer> staged, Removal removal) throws IOException {
        var paths = new LinkedHashSet<>(leftovers().of(staged));
        removal.files().forEach(entry -> paths.add(entry.path()));
        staged.keySet().stream()
                .filter(entry -> entry.type() != EntryType.DIRECTORY)
                .forEach(entry -> paths.add(entry.path()));
        return paths;
    }

    private DatabaseLeftovers leftovers() {
        return new DatabaseLeftovers(places, directory);
    }

    /**
     * Keeps what is there and writes the journal; changes nothing yet.
     *
     * @throws ProblemException when something that is there is not held by the way back, is not what was to be removed, or is a database to be removed that
     *     somebody has opened
     */
    public Journal prepare(Map<Entry, Integer> staged, Removal removal, WayBack wayBack) throws IOException {
        places.check(staged.keySet());
        Set<String> directories = new LinkedHashSet<>();
        var changes = takenAway(firstFree(staged), leftovers().of(staged), removal, wayBack);
        checkNobodyOpened(removal, replaced(staged, removal));
        for (var entry : staged.keySet()) {
            var place = places.of(entry.path());
            missingDirectories(entry, place, directories);
            if (entry.type() != EntryType.DIRECTORY) {
                changes.add(change(staged.getOrDefault(entry, -1), entry, place, wayBack));
            }
        }
        var journal = new Journal(
                Journal.FORMAT_VERSION,
                directory.restoreId(),
                List.copyOf(directories),
                changes,
                removal.directories().stream()
                        .flatMap(path -> wayBack.find(path).stream())
                        .toList());
        directory.write(journal);
        return journal;
    }

    /** Of a damaged archive not all numbers are in use. */
    private static int firstFree(Map<Entry, Integer> staged) {
        return staged.values().stream().mapToInt(number -> number + 1).max().orElse(0);
    }

    private List<Change> takenAway(int first, List<String> leftovers, Removal removal, WayBack wayBack)
            throws IOException {
        places.check(removal.files());
        List<Change> changes = new ArrayList<>();
        for (var stale : leftovers) {
            changes.add(takeAway(first + changes.size(), stale, wayBack));
        }
        for (var entry : removal.files()) {
            if (!leftovers.contains(entry.path())) {
                var change = takeAway(first + changes.size(), entry.path(), wayBack);
                checkIsStill(entry, change.entry());
                changes.add(change);
            }
        }
        return changes;
    }

    private void checkNobodyOpened(Removal removal, Set<String> own) throws IOException {
        for (var entry : removal.files()) {
            leftovers().checkNobodyOpened(entry.path(), places.of(entry.path()), own);
        }
    }

    private static void checkIsStill(Entry seen, Entry held) {
        if (seen.type() != held.type()
                || !Objects.equals(seen.sha256(), held.sha256())
                || !Objects.equals(seen.linkTarget(), held.linkTarget())) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "%s was written while it was to be removed".formatted(seen.path()));
        }
    }

    private Change change(int number, Entry entry, Path place, WayBack wayBack) throws IOException {
        if (entry.type() == EntryType.LINK) {
            disk.createLink(directory.staged(number), Path.of(String.valueOf(entry.linkTarget())));
        } else {
            disk.dress(directory.staged(number), entry);
        }
        var existed = exists(place);
        if (existed) {
            disk.keep(place, directory.previous(number));
            wayBack.check(entry.path(), directory.previous(number));
        }
        return new Change(number, entry, existed, false);
    }

    private Change takeAway(int number, String path, WayBack wayBack) throws IOException {
        return new Change(number, wayBack.check(path, places.of(path)), true, true);
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

    /**
     * @throws IOException when a step fails; some files are swapped then, and {@link #settle} is due
     * @throws ProblemException when something was written since the way back was taken; {@link #settle} is due then, too
     */
    public void perform(Journal journal, Map<Entry, Integer> staged, WayBack wayBack, Lease lease) throws IOException {
        for (var path : journal.directories()) {
            disk.createDirectory(places.of(path));
        }
        var own = paths(journal);
        for (var change : journal.changes()) {
            lease.check();
            places.check(List.of(change.entry()));
            perform(change, own, wayBack);
        }
        for (var removed : journal.removedDirectories()) {
            deleteDirectory(removed.path());
        }
        dressDirectories(staged, journal);
    }

    private static Set<String> paths(Journal journal) {
        return journal.changes().stream().map(change -> change.entry().path()).collect(toSet());
    }

    private void perform(Change change, Set<String> own, WayBack wayBack) throws IOException {
        var place = places.of(change.entry().path());
        if (exists(place)) {
            wayBack.check(change.entry().path(), place);
        }
        if (!change.takenAway()) {
            disk.replace(directory.staged(change.number()), place);
        } else if (exists(place)) {
            leftovers().checkNobodyOpened(change.entry().path(), place, own);
            disk.takeAway(place, directory.previous(change.number()));
        }
    }

    /** Last, since a directory that was closed to writing could take no file. */
    private void dressDirectories(Map<Entry, Integer> staged, Journal journal) throws IOException {
        for (var entry : staged.keySet()) {
            if (entry.type() == EntryType.DIRECTORY && journal.directories().contains(entry.path())) {
                disk.dress(places.of(entry.path()), entry);
            }
        }
    }

    /**
     * Reads every file where it is now, and what it replaced: somebody may have had that open and written to it.
     *
     * @throws IOException when a file is not what was restored
     * @throws ProblemException when something was written since the way back was taken, or a database opened that is removed
     */
    public void validate(Journal journal, WayBack wayBack) throws IOException {
        var own = paths(journal);
        for (var change : journal.changes()) {
            var path = change.entry().path();
            if (!isAsRestored(change, places.of(path))) {
                throw new IOException(path + " is not what was restored");
            }
            var previous = directory.previous(change.number());
            if (change.existed() && exists(previous)) {
                wayBack.check(path, previous);
            }
            if (change.takenAway()) {
                leftovers().checkNobodyOpened(path, previous, own);
            }
        }
    }

    private static boolean isAsRestored(Change change, Path place) throws IOException {
        return change.takenAway() ? !exists(place) : Content.isOf(place, change.entry());
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

    /** What was taken away comes back when all else is on disk: beside a database that is still the restored one its log would destroy it. */
    private void undo(Journal journal) throws IOException {
        putDirectoriesBack(journal);
        undo(journal, change -> !change.takenAway());
        disk.flush();
        undo(journal, Change::takenAway);
        for (var path : journal.directories().reversed()) {
            deleteDirectory(path);
        }
        dressDirectoriesThatCameBack(journal);
        directory.write(Outcome.ROLLED_BACK);
    }

    private void putDirectoriesBack(Journal journal) throws IOException {
        for (var removed : journal.removedDirectories().reversed()) {
            var place = places.of(removed.path());
            if (places.obstacle(place).isEmpty() && !exists(place)) {
                createMissingParents(place);
                disk.createOwnDirectory(place);
            }
        }
    }

    /** When their files are in them, for the reason of {@link #dressDirectories}. Also after an undo that was cut off before it. */
    private void dressDirectoriesThatCameBack(Journal journal) throws IOException {
        for (var removed : journal.removedDirectories()) {
            var place = places.of(removed.path());
            if (places.obstacle(place).isEmpty() && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                disk.dress(place, removed);
            }
        }
    }

    private void undo(Journal journal, Predicate<Change> which) throws IOException {
        for (var change : journal.changes().reversed()) {
            if (which.test(change) && !exists(directory.staged(change.number()))) {
                undo(change, places.of(change.entry().path()));
            }
        }
    }

    /** Of one that was swapped; there is nothing kept any more when this was done before. */
    private void undo(Change change, Path place) throws IOException {
        var path = change.entry().path();
        var previous = directory.previous(change.number());
        if (change.existed() && !exists(previous)) {
            return;
        }
        if (places.obstacle(place).isPresent()) {
            keepInsteadOfPuttingBack(change, previous, path);
            return;
        }
        if (exists(place) && !isWhatWasRestored(change, place)) {
            LOG.warnf("%s was written after it was restored; that is kept and the restore undone", path);
            directory.keep(place, WRITTEN_SINCE, path);
        }
        if (change.existed()) {
            createMissingParents(place);
            disk.replace(previous, place);
        } else {
            disk.delete(place);
        }
    }

    /** What cannot be read is not known to be ours. */
    private static boolean isWhatWasRestored(Change change, Path place) {
        try {
            return isAsRestored(change, place);
        } catch (IOException e) {
            LOG.warnf("%s cannot be read: %s", place, e.getMessage());
            return false;
        }
    }

    /** The way to the place leads elsewhere now, and what is behind it is not the workspace's. */
    private void keepInsteadOfPuttingBack(Change change, Path previous, String path) throws IOException {
        LOG.warnf("%s cannot be put back, its directory is none any more", path);
        if (change.existed()) {
            directory.keep(previous, NOT_PUT_BACK, path);
        }
    }

    private void createMissingParents(Path place) throws IOException {
        for (var parent : places.parents(place)) {
            if (!exists(parent)) {
                disk.createDirectory(parent);
            }
        }
    }

    private void deleteDirectory(String path) throws IOException {
        var place = places.of(path);
        if (places.obstacle(place).isPresent() || !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            disk.delete(place);
        } catch (DirectoryNotEmptyException e) {
            LOG.infof("%s stays: somebody has put something into it", path);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
