package io.everstate.backup.restore;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.ArchiveSalvage;
import io.everstate.backup.archive.ArchiveVerifier.Receiver;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.swap.Staging;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Stages what damaged archives still hold. What it stages has the manifest's check sums; what is lost it names. */
@Singleton
class Salvages {
    private final ArchiveStaging archives;
    private final ArchiveStore store;
    private final Packings packings;

    Salvages(ArchiveStaging archives, ArchiveStore store, Packings packings) {
        this.archives = archives;
        this.store = store;
        this.packings = packings;
    }

    /**
     * @return what was staged, by the number of its file
     *
     * @throws ProblemException CORRUPT when nothing is left of what is wanted, UNAVAILABLE when the storage does not answer
     */
    Map<Entry, Integer> stage(Completed backup, Manifest manifest, Staging staging, Checked checked)
            throws IOException {
        var progress = checked.progress();
        var found = new HashSet<String>();
        var damage = new ArrayList<String>();
        for (var holder : staging.holders()) {
            found.addAll(read(holder, staging.wantedOf(holder), staging.heldBy(holder), damage, progress));
        }
        found.addAll(read(backup, manifest, staging.wantedOf(null), staging, damage, progress));
        var lost = lost(staging.numbers().keySet(), found);
        staging.goOnWithout(lost);
        checked.salvaged(damage, lost.stream().map(Entry::path).sorted().toList());
        if (!lost.isEmpty() && staging.numbers().isEmpty()) {
            throw new ProblemException(ProblemType.CORRUPT, "nothing is left of what was asked for");
        }
        return staging.numbers();
    }

    private Set<String> read(
            UUID holder, Set<String> wanted, Receiver receiver, List<String> damage, ReadProgress progress)
            throws IOException {
        try {
            var member = archives.written(holder);
            return read(member, archives.manifest(member), wanted, receiver, damage, progress);
        } catch (LeaseLostException e) {
            throw e;
        } catch (ProblemException e) {
            return missing(holder, e, damage);
        }
    }

    private Set<String> read(
            Completed backup,
            Manifest manifest,
            Set<String> wanted,
            Receiver receiver,
            List<String> damage,
            ReadProgress progress)
            throws IOException {
        var name = backup.archive().objectName();
        progress.expect(backup.archive().bytes());
        try (var stored = progress.over(store.open(name))) {
            var salvaged = new ArchiveSalvage(manifest, wanted, receiver)
                    .read(stored, packings.of(name), Objects.requireNonNull(manifest.archive()));
            if (!salvaged.archiveWhole()) {
                damage.add("the archive of backup %s is not what was written"
                        .formatted(backup.head().id()));
                archives.markDamaged(backup, "its archive is not what was written");
            }
            return salvaged.names();
        } catch (LeaseLostException e) {
            throw e;
        } catch (ProblemException e) {
            return missing(backup.head().id(), e, damage);
        }
    }

    /** A storage that does not answer may give all of it later. */
    private static Set<String> missing(UUID backup, ProblemException e, List<String> damage) {
        if (e.type().retryable()) {
            throw e;
        }
        damage.add("backup %s: %s".formatted(backup, e.detail()));
        return Set.of();
    }

    /** A database that was copied byte by byte is lost with any of what lay beside it. */
    private static Set<Entry> lost(Set<Entry> wanted, Set<String> found) {
        var databases = Selection.copiedByBytes(wanted);
        var owners = wanted.stream()
                .filter(entry -> entry.type() == EntryType.FILE && entry.size() > 0 && !found.contains(entry.name()))
                .map(entry -> Selection.owner(entry.path(), databases))
                .collect(toSet());
        return wanted.stream()
                .filter(entry ->
                        entry.type() == EntryType.FILE && owners.contains(Selection.owner(entry.path(), databases)))
                .collect(toSet());
    }
}
