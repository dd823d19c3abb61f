package io.everstate.backup.retention;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Which restore points are built upon which. */
final class Lineage {
    private final Map<UUID, RestorePoint> byId;

    Lineage(List<RestorePoint> points) {
        this.byId = points.stream().collect(toMap(RestorePoint::id, Function.identity()));
    }

    /** Each judged. */
    List<RestorePoint> newestFirst() {
        return byId.values().stream()
                .map(this::judged)
                .sorted(RestorePoint.NEWEST_FIRST)
                .toList();
    }

    Optional<RestorePoint> builtUpon(RestorePoint base) {
        return byId.values().stream()
                .filter(point -> base.id().equals(point.base()))
                .findFirst();
    }

    Optional<RestorePoint> base(RestorePoint point) {
        return Optional.ofNullable(point.base()).map(byId::get);
    }

    /** One is as good as all that it needs: without that nobody restores it. */
    private RestorePoint judged(RestorePoint point) {
        return isGood(point) ? point : point.bad();
    }

    private boolean isGood(RestorePoint point) {
        var sound = point.base() == null || base(point).filter(this::isGood).isPresent();
        return point.good() && sound;
    }
}
