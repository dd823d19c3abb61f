package io.everstate.backup.bucket;

import io.everstate.backup.archive.ObjectNames.Place;
import io.everstate.backup.store.ListedObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * An archive and the manifest beside it, as the bucket lists them.
 *
 * @param place what the archive's name says
 * @param namesakes others whose names say the same id: of all of them one is in its place, which a seal tells, and where there is none its manifest
 */
public record FoundArchive(Place place, ListedObject archive, ListedObject manifest, List<FoundArchive> namesakes) {
    public FoundArchive(Place place, ListedObject archive, ListedObject manifest) {
        this(place, archive, manifest, List.of());
    }

    /** This one and its namesakes, each without the others. */
    public List<FoundArchive> each() {
        return Stream.concat(Stream.of(new FoundArchive(place, archive, manifest)), namesakes.stream())
                .toList();
    }

    FoundArchive with(FoundArchive namesake) {
        var all = Stream.concat(namesakes.stream(), Stream.of(namesake)).toList();
        return new FoundArchive(place, archive, manifest, all);
    }
}
