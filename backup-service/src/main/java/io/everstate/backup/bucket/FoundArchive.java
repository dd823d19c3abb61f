package io.everstate.backup.bucket;

import io.everstate.backup.archive.ObjectNames.Place;
import io.everstate.backup.store.ListedObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * An archive and the manifest beside it, as the bucket lists them.
 *
 * @param place what the archive's name says
 * @param namesakes others whose names say the same id: of all of them one is in its place, which its manifest tells
 */
public record FoundArchive(Place place, ListedObject archive, ListedObject manifest, List<FoundArchive> namesakes) {
    public FoundArchive(Place place, ListedObject archive, ListedObject manifest) {
        this(place, archive, manifest, List.of());
    }

    FoundArchive with(FoundArchive namesake) {
        var all = Stream.concat(namesakes.stream(), Stream.of(namesake)).toList();
        return new FoundArchive(place, archive, manifest, all);
    }
}
