package io.everstate.backup.bucket;

import io.everstate.backup.archive.ObjectNames;
import io.everstate.backup.archive.ObjectNames.Place;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ListedObject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The backups that the bucket holds by its own listing: an archive with a manifest beside it. One without the other was never complete. Who compares them
 * with the catalogue lists first and asks the catalogue then: a row is there before its objects.
 */
@Singleton
public final class BucketArchives {
    private final ArchiveStore store;

    BucketArchives(ArchiveStore store) {
        this.store = store;
    }

    /**
     * One a backup, in the order of their names: by workspace, and by time within it. A copy under another name is a namesake of the first, and so is what somebody
     * put beside it.
     */
    public List<FoundArchive> whole() {
        var archives = new ArrayList<Listed>();
        var manifests = new HashMap<String, List<ListedObject>>();
        for (var page = store.objects(ObjectNames.PREFIX, ObjectNames.PREFIX); !page.isEmpty(); ) {
            for (var object : page) {
                ObjectNames.placeOf(object.name()).ifPresent(place -> {
                    if (place.ofManifest()) {
                        manifests
                                .computeIfAbsent(directory(object), _ -> new ArrayList<>())
                                .add(object);
                    } else {
                        archives.add(new Listed(place, object));
                    }
                });
            }
            page = store.objects(ObjectNames.PREFIX, page.getLast().name());
        }
        return whole(archives, manifests);
    }

    private static String directory(ListedObject object) {
        return object.name().substring(0, object.name().lastIndexOf('/'));
    }

    private record Listed(Place place, ListedObject archive) {}

    private static List<FoundArchive> whole(List<Listed> archives, Map<String, List<ListedObject>> manifests) {
        var found = new LinkedHashMap<UUID, FoundArchive>();
        for (var listed : archives) {
            for (var manifest : manifests.getOrDefault(directory(listed.archive()), List.of())) {
                var one = new FoundArchive(listed.place(), listed.archive(), manifest);
                found.merge(listed.place().id(), one, FoundArchive::with);
            }
        }
        return List.copyOf(found.values());
    }
}
