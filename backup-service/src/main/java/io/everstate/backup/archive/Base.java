package io.everstate.backup.archive;

import static java.util.stream.Collectors.toMap;

import io.everstate.backup.archive.Manifest.Chain;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Manifest.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an INCREMENTAL is the changes since.
 *
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

    /** A directory that is left out while something below it is not stays: whoever deletes it deletes that too. */
    private List<String> deleted(List<Entry> now) {
        var types = now.stream().collect(toMap(Entry::name, Entry::type));
        var parents = parents(now);
        return manifest.entries().stream()
                .filter(Entry::ofWorkspace)
                .filter(entry -> types.get(entry.name()) != entry.type())
                .filter(entry -> entry.type() != EntryType.DIRECTORY || !parents.contains(entry.name()))
                .map(Entry::name)
                .toList();
    }

    private static Set<String> parents(List<Entry> entries) {
        var parents = new HashSet<String>();
        for (var entry : entries) {
            var name = entry.name();
            for (var end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
                if (!parents.add(name.substring(0, end))) {
                    break;
                }
            }
        }
        return parents;
    }
}
