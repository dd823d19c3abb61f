package io.everstate.state.snapshot.store;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.past.EarlierStates;
import io.everstate.state.platform.Transactions;
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
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as earlier states of single bots. A bot only goes on from one snapshot to the next, so the latest at which it was not too late is
 * found by halving. One that is damaged, or was taken of an end that the log has lost, is passed over for an older one. One that does not say
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

    private record Found(UUID snapshot, @Nullable BotState state) {}

    /** @param passedOver grows by a sentence for each that could not be used */
    private record Search(Wanted wanted, Map<UUID, UUID> bases, List<String> passedOver) {}

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
        var found = latest(candidates, search).flatMap(state -> place(state, search));
        return found.isPresent() || search.passedOver().isEmpty()
                ? found
                : Optional.of(new EarlierState(0, 0, null, null, null, null, search.passedOver()));
    }

    /** By its time as a rule the first look finds it. */
    private Optional<Found> latest(List<Taken> valid, Search search) {
        var known = takenBy(valid, search.wanted().takenBy());
        if (known == 0) {
            return halving(valid, search);
        }
        var found = early(valid.get(known - 1).id(), search);
        return found.isPresent() ? found : halving(valid.subList(0, known - 1), search);
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

    private Optional<Found> halving(List<Taken> candidates, Search search) {
        Optional<Found> best = Optional.empty();
        var from = 0;
        var to = candidates.size();
        while (from < to) {
            var middle = (from + to) >>> 1;
            var found = early(candidates.get(middle).id(), search);
            if (found.isPresent()) {
                best = found;
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return best;
    }

    /** Empty when the bot was too late there, or nobody can tell. */
    private Optional<Found> early(UUID snapshot, Search search) {
        try {
            var state = state(snapshot, search.bases(), search.wanted().bot());
            return state.isEmpty() || search.wanted().early().test(state.get())
                    ? Optional.of(new Found(snapshot, state.orElse(null)))
                    : Optional.empty();
        } catch (ProblemException e) {
            if (e.type().retryable()) {
                throw e;
            }
            LOG.warnf("passed over for an older one: %s", e.detail());
            search.passedOver().add(e.detail());
            return Optional.empty();
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

    private Optional<EarlierState> place(Found found, Search search) {
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
