package io.everstate.backup.comparison;

import io.everstate.backup.archive.ObjectNames;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ListedObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the bucket lists of backups.
 *
 * @param objects by their names
 */
record BucketObjects(Map<String, ListedObject> objects) {
    static BucketObjects of(ArchiveStore store) {
        var objects = new TreeMap<String, ListedObject>();
        for (var page = store.objects(ObjectNames.PREFIX, ObjectNames.PREFIX); !page.isEmpty(); ) {
            page.forEach(object -> objects.put(object.name(), object));
            page = store.objects(ObjectNames.PREFIX, page.getLast().name());
        }
        return new BucketObjects(objects);
    }
}
