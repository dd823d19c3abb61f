package io.everstate.backup.comparison;

import io.everstate.backup.archive.ObjectNames;
import io.everstate.backup.archive.ObjectNames.Place;
import io.everstate.backup.catalogue.Holdings.Fate;
import io.everstate.backup.store.ListedObject;
import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Objects that no completed backup explains. A row is there before its objects, so the rows have to be read after the bucket was listed; and nothing that is
 * younger than the grace period is an orphan, whatever the rows say.
 */
final class Orphans {
    private final Map<UUID, Fate> fates;
    private final Instant before;
    private final Set<UUID> archives = new HashSet<>();
    private final Set<UUID> manifests = new HashSet<>();

    /** @param before what was written then or later is left alone */
    Orphans(Map<UUID, Fate> fates, Instant before) {
        this.fates = fates;
        this.before = before;
    }

    List<Difference> of(BucketObjects bucket) {
        bucket.objects()
                .keySet()
                .forEach(name -> ObjectNames.placeOf(name)
                        .ifPresent(place -> (place.ofManifest() ? manifests : archives).add(place.id())));
        var found = new ArrayList<Difference>();
        bucket.objects().values().forEach(object -> add(found, difference(object)));
        return found;
    }

    private static void add(List<Difference> found, @Nullable Difference difference) {
        if (difference != null) {
            found.add(difference);
        }
    }

    private @Nullable Difference difference(ListedObject object) {
        var place = ObjectNames.placeOf(object.name()).orElse(null);
        if (place == null) {
            return new Difference(
                    object.name(), Kind.FOREIGN, null, object.bytes(), "its name is none of a backup's", null);
        }
        var fate = fates.get(place.id());
        if (fate == null && archives.contains(place.id()) && manifests.contains(place.id())) {
            return place.ofManifest()
                    ? null
                    : of(object, place, Kind.UNKNOWN, "the catalogue does not know it: rebuild the catalogue");
        }
        if (fate == Fate.HELD || !object.writtenAt().isBefore(before)) {
            return null;
        }
        return of(object, place, Kind.ORPHAN, why(fate, place));
    }

    private static String why(@Nullable Fate fate, Place place) {
        if (fate == Fate.GONE) {
            return "its backup failed or was given up";
        }
        return place.ofManifest() ? "there is no archive beside it" : "there is no manifest beside it";
    }

    private static Difference of(ListedObject object, Place place, Kind kind, String detail) {
        return new Difference(object.name(), kind, place.id(), object.bytes(), detail, null);
    }
}
