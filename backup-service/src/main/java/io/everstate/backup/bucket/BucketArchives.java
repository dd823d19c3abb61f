package io.everstate.backup.bucket;

import io.everstate.backup.archive.ObjectNames;
import io.everstate.backup.archive.ObjectNames.Place;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ListedObject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
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

    /** In the order of their names: by workspace, and by time within it. */
    public List<FoundArchive> whole() {
        var archives = new LinkedHashMap<UUID, Listed>();
        var manifests = new LinkedHashMap<UUID, ListedObject>();
        for (var page = store.objects(ObjectNames.PREFIX, ObjectNames.PREFIX); !page.isEmpty(); ) {
            for (var object : page) {
                ObjectNames.placeOf(object.name()).ifPresent(place -> {
                    if (place.ofManifest()) {
                        manifests.put(place.id(), object);
                    } else {
                        archives.put(place.id(), new Listed(place, object));
                    }
                });
            }
            page = store.objects(ObjectNames.PREFIX, page.getLast().name());
        }
        return whole(archives, manifests);
    }

    private record Listed(Place place, ListedObject archive) {}

    private static List<FoundArchive> whole(Map<UUID, Listed> archives, Map<UUID, ListedObject> manifests) {
        var found = new ArrayList<FoundArchive>();
        archives.forEach((id, listed) -> {
            var manifest = manifests.get(id);
            if (manifest != null) {
                found.add(new FoundArchive(listed.place(), listed.archive(), manifest));
            }
        });
        return found;
    }
}
