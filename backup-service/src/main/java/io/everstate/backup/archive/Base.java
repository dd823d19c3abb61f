package io.everstate.backup.archive;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest.Chain;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Manifest.Member;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an INCREMENTAL is the changes since.
 *
 * @param manifest whose names are in their order
 * @param members all that the base needs, the oldest first, and the base itself
 */
public record Base(Manifest manifest, List<Member> members) {
    public Base {
        members = List.copyOf(members);
    }

    /** @param now all entries of the INCREMENTAL */
    Chain chain(List<Entry> now) {
        return new Chain(members, deleted(now));
    }

    /** A directory that is left out while something below it is not stays: whoever deletes it deletes that too. Held is only what is gone. */
    private List<String> deleted(List<Entry> now) {
        var gone = gone(now);
        var staying = parentsOf(now, directories(gone));
        return gone.stream()
                .map(Entry::name)
                .filter(name -> !staying.contains(name))
                .toList();
    }

    private List<Entry> gone(List<Entry> now) {
        var present = new EntryCursor(now);
        return manifest.entries().stream()
                .filter(Entry::ofWorkspace)
                .filter(was -> present.find(was.name())
                        .filter(entry -> entry.type() == was.type())
                        .isEmpty())
                .toList();
    }

    private static Set<String> directories(Collection<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.type() == EntryType.DIRECTORY)
                .map(Entry::name)
                .collect(toSet());
    }

    /** Those of the directories that something is below. */
    private static Set<String> parentsOf(List<Entry> entries, Set<String> directories) {
        var parents = new HashSet<String>();
        if (directories.isEmpty()) {
            return parents;
        }
        for (var entry : entries) {
            var name = entry.name();
            for (var end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
                var parent = name.substring(0, end);
                if (directories.contains(parent)) {
                    parents.add(parent);
                }
            }
        }
        return parents;
    }
}
