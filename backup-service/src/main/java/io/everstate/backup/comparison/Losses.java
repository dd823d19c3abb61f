package io.everstate.backup.comparison;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Holdings;
import io.everstate.backup.catalogue.SeenObjects;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Kind;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of completed backups that are not there, or are not those that were. */
@Singleton
final class Losses {
    private final Holdings holdings;
    private final SeenObjects seen;
    private final ArchiveStore store;

    Losses(Holdings holdings, SeenObjects seen, ArchiveStore store) {
        this.holdings = holdings;
        this.seen = seen;
        this.store = store;
    }

    /** @param completed before the bucket was listed */
    List<Difference> of(List<Completed> completed, BucketObjects bucket) {
        var versions = seen.all();
        var found = new ArrayList<Difference>();
        for (var backup : completed) {
            var archive = backup.archive();
            add(found, difference(backup, archive.objectName(), archive.bytes(), bucket, versions));
            add(found, difference(backup, archive.manifestName(), null, bucket, versions));
        }
        return found;
    }

    private static void add(List<Difference> found, @Nullable Difference difference) {
        if (difference != null) {
            found.add(difference);
        }
    }

    /** @param bytes as many as were written; null where nobody remembers */
    private @Nullable Difference difference(
            Completed backup, String name, @Nullable Long bytes, BucketObjects bucket, Map<String, String> versions) {
        var id = backup.head().id();
        var object = bucket.objects().get(name);
        if (object == null) {
            return notListed(backup, name);
        }
        if (bytes != null && bytes != object.bytes()) {
            var detail = "it has %d bytes, %d were written".formatted(object.bytes(), bytes);
            return new Difference(name, Kind.CHANGED, id, object.bytes(), detail, null);
        }
        var before = versions.get(name);
        if (before == null && !object.version().isEmpty()) {
            seen.add(id, name, object.version());
        }
        return before == null || before.equals(object.version())
                ? null
                : new Difference(
                        name,
                        Kind.CHANGED,
                        id,
                        object.bytes(),
                        "it was written over: its entity tag was %s and is %s".formatted(before, object.version()),
                        null);
    }

    /**
     * Looked at once more, in the order in which things are given up: the row says so before the object goes. Where the bucket keeps versions, the one that was written may be there
     * though a newer marker says that it was deleted.
     */
    private @Nullable Difference notListed(Completed backup, String name) {
        var id = backup.head().id();
        var stored = store.find(name);
        if (!holdings.isCompleted(id)) {
            return null;
        }
        if (stored.isEmpty()) {
            return new Difference(name, Kind.MISSING, id, null, "a completed backup needs it", null);
        }
        var object = stored.get();
        return object.id() == null
                ? null
                : new Difference(
                        name,
                        Kind.CHANGED,
                        id,
                        object.bytes(),
                        "it was deleted in the bucket; the version that was written is still there",
                        null);
    }
}
