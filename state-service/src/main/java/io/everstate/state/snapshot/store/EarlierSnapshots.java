package io.everstate.state.snapshot.store;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.past.EarlierStates;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.store.EarlierSnapshots.Said.Damaged;
import io.everstate.state.snapshot.store.EarlierSnapshots.Said.Early;
import io.everstate.state.snapshot.store.EarlierSnapshots.Said.TooLate;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as earlier states of single bots. A bot only goes on from one snapshot to the next, so the latest at which it was not too late is
 * found by halving. One that is damaged, or was taken of an end that the log has lost, is passed over for the nearest older one. One that does not say
 * behind which record it was taken is not begun from, nor is an older one: earlier versions took them.
 */
@Singleton
final class EarlierSnapshots implements EarlierStates {
    private static final Logger LOG = Logger.getLogger(EarlierSnapshots.class);
    private static final String VALID =
            "select id, base, taken_at from system_state_snapshots where valid order by snapshot";
    private static final String CUT = "select cut from system_state_snapshots where id = ?";

    private final Transactions transactions;
    private final SnapshotStates states;
    private final ParkedAtCuts parked;
    private final JsonFormat json;

    EarlierSnapshots(Transactions transactions, SnapshotStates states, ParkedAtCuts parked, JsonFormat json) {
        this.transactions = transactions;
        this.states = states;
        this.parked = parked;
        this.json = json;
    }

    private record Taken(UUID id, @Nullable UUID base, OffsetDateTime at) {}

    /** What a snapshot says of a bot. */
    sealed interface Said {
        /** @param state null when there was no such bot yet */
        record Early(UUID snapshot, @Nullable BotState state) implements Said {}

        record TooLate() implements Said {}

        /** Nobody can tell. */
        record Damaged(String why) implements Said {}
    }

    /** @param passedOver grows by a sentence for each that could not be used */
    private record Search(Wanted wanted, Map<UUID, UUID> bases, List<String> passedOver) {
        void passOver(String why) {
            if (!passedOver.contains(why)) {
                passedOver.add(why);
            }
        }
    }

    @Override
    public Optional<EarlierState> latest(Wanted wanted) {
        var valid = valid();
        var bases = new HashMap<UUID, UUID>();
        valid.forEach(taken -> {
            if (taken.base() != null) {
                bases.put(taken.id(), taken.base());
            }
        });
        var search = new Search(wanted, bases, new ArrayList<>());
        wanted.lost().forEach(snapshot -> search.passedOver().add(lost(snapshot)));
        var candidates = valid.stream()
                .filter(taken -> !wanted.lost().contains(taken.id()))
                .toList();
        var found = latest(candidates, search).flatMap(early -> place(early, search));
        return found.isPresent() || search.passedOver().isEmpty()
                ? found
                : Optional.of(new EarlierState(0, 0, null, null, null, null, search.passedOver()));
    }

    /** By its time as a rule the first look finds it. */
    private Optional<Early> latest(List<Taken> valid, Search search) {
        var known = takenBy(valid, search.wanted().takenBy());
        if (known == 0) {
            return halving(valid, search);
        }
        return switch (said(valid.get(known - 1).id(), search)) {
            case Early found -> Optional.of(found);
            case TooLate() -> halving(valid.subList(0, known - 1), search);
            case Damaged(var why) -> {
                search.passOver(why);
                yield halving(valid.subList(0, known - 1), search);
            }
        };
    }

    /** How many were taken until then. */
    private static int takenBy(List<Taken> valid, @Nullable Instant time) {
        var count = 0;
        while (time != null
                && count < valid.size()
                && !valid.get(count).at().toInstant().isAfter(time)) {
            count++;
        }
        return count;
    }

    /** A damaged one says nothing of those around it, so the search goes on without it. It is passed over where it lies behind what is found. */
    private Optional<Early> halving(List<Taken> candidates, Search search) {
        Optional<Early> best = Optional.empty();
        var places = IntStream.range(0, candidates.size()).boxed().collect(Collectors.toCollection(ArrayList::new));
        var damaged = new TreeMap<Integer, String>();
        var from = 0;
        var to = places.size();
        while (from < to) {
            var middle = (from + to) >>> 1;
            var place = places.get(middle);
            switch (said(candidates.get(place).id(), search)) {
                case Early found -> {
                    best = Optional.of(found);
                    from = middle + 1;
                    damaged.headMap(place).clear();
                }
                case TooLate() -> {
                    to = middle;
                    damaged.tailMap(place).clear();
                }
                case Damaged(var why) -> {
                    damaged.put(place, why);
                    places.removeIf(place::equals);
                    to--;
                }
            }
        }
        damaged.values().forEach(search::passOver);
        return best;
    }

    private Said said(UUID snapshot, Search search) {
        try {
            var state = state(snapshot, search.bases(), search.wanted().bot());
            return state.isEmpty() || search.wanted().early().test(state.get())
                    ? new Early(snapshot, state.orElse(null))
                    : new TooLate();
        } catch (ProblemException e) {
            if (e.type().retryable()) {
                throw e;
            }
            LOG.warnf("passed over for another one: %s", e.detail());
            return new Damaged(e.detail());
        }
    }

    /** What an INCREMENTAL one does not hold is as in its base. */
    private Optional<BotState> state(UUID snapshot, Map<UUID, UUID> bases, BotId bot) {
        for (UUID id = snapshot; id != null; id = bases.get(id)) {
            var state = states.find(id, bot);
            if (state.isPresent()) {
                return state;
            }
        }
        return Optional.empty();
    }

    private static String lost(UUID snapshot) {
        return "snapshot %s was taken of an end that the log has lost since".formatted(snapshot);
    }

    private Optional<EarlierState> place(Early found, Search search) {
        var wanted = search.wanted();
        var place = cut(found.snapshot()).partitions().get(wanted.partition());
        if (place == null || !place.topicId().equals(wanted.topicId())) {
            return Optional.empty();
        }
        if (place.unmarked()) {
            search.passedOver()
                    .add("snapshot %s does not say behind which record it was taken".formatted(found.snapshot()));
            return Optional.empty();
        }
        return Optional.of(new EarlierState(
                        place.nextOffset(),
                        place.epoch(),
                        found.state(),
                        null,
                        place.last(),
                        found.snapshot(),
                        search.passedOver())
                .whereParked(parked.find(found.snapshot(), wanted.bot()).orElse(null)));
    }

    private List<Taken> valid() {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(VALID);
                    var rows = statement.executeQuery()) {
                var taken = new ArrayList<Taken>();
                while (rows.next()) {
                    taken.add(taken(rows));
                }
                return taken;
            }
        });
    }

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(
                row.getObject("id", UUID.class),
                row.getObject("base", UUID.class),
                row.getObject("taken_at", OffsetDateTime.class));
    }

    private Cut cut(UUID snapshot) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(CUT)) {
                statement.setObject(1, snapshot);
                try (var row = statement.executeQuery()) {
                    return row.next() ? json.read(row.getBytes("cut"), Cut.class) : new Cut(Map.of(), 0);
                }
            }
        });
    }
}
