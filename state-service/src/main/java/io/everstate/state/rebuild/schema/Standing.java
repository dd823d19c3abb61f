package io.everstate.state.rebuild.schema;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How far the live projection and one beside it are folded, of one moment. */
public final class Standing {
    private final List<Place> live;
    private final Map<Integer, Place> beside;

    private Standing(List<Place> live, List<Place> beside) {
        this.live = live;
        this.beside = beside.stream().collect(Collectors.toMap(Place::partition, Function.identity()));
    }

    static Standing of(Connection connection, Side side) throws SQLException {
        var schemas = Schemas.of(connection);
        return new Standing(Place.all(connection, schemas.live()), Place.all(connection, side.in(schemas)));
    }

    /** How many offsets the live one has folded. */
    public long total() {
        return live.stream().mapToLong(Place::nextOffset).sum();
    }

    /** How many offsets the other has folded. */
    public long folded() {
        return beside.values().stream().mapToLong(Place::nextOffset).sum();
    }

    /** Where the live one stands and the other does not. */
    List<Place> ahead() {
        return live.stream().filter(place -> !isThere(place)).toList();
    }

    private boolean isThere(Place place) {
        var other = beside.get(place.partition());
        return other != null && other.nextOffset() == place.nextOffset() && isOneLog(place, other);
    }

    private static boolean isOneLog(Place one, Place other) {
        return one.topicId().equals(other.topicId());
    }

    /** Whether the live one leads on from where the other stands: the same log, and not in front of it. */
    boolean canFollow() {
        var now = live.stream().collect(Collectors.toMap(Place::partition, Function.identity()));
        return beside.values().stream().allMatch(other -> {
            var place = now.get(other.partition());
            return place != null && isOneLog(place, other) && place.nextOffset() >= other.nextOffset();
        });
    }

    /** @throws ProblemException when the other cannot be folded to where the live one stands now */
    void requireFollowing() {
        if (live.stream().anyMatch(Place::anew)) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "a log that was made anew is being folded from its start; wait for that");
        }
        if (!canFollow()) {
            throw new ProblemException(
                    ProblemType.CORRUPT, "the log is not the one any more that was folded beside: it was made anew");
        }
    }
}
