package io.everstate.state.rebuild;

import static io.everstate.state.rebuild.RebuildStatus.CANCELLED;
import static io.everstate.state.rebuild.RebuildStatus.COMPARED;
import static io.everstate.state.rebuild.RebuildStatus.CONFIRMED;
import static io.everstate.state.rebuild.RebuildStatus.FOLDING;
import static io.everstate.state.rebuild.RebuildStatus.ROLLED_BACK;
import static io.everstate.state.rebuild.RebuildStatus.ROLLING_BACK;
import static io.everstate.state.rebuild.RebuildStatus.SWITCHED;
import static io.everstate.state.rebuild.RebuildStatus.SWITCHING;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.RebuildView;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.state.platform.Transactions;
import io.everstate.state.rebuild.schema.Projections;
import io.everstate.state.rebuild.schema.Side;
import io.everstate.state.rebuild.schema.Standing;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people ask for. What takes long is done by {@link RebuildWork}; what was asked for before is not asked for again. */
@Singleton
final class RebuildService {
    private static final int PERCENT = 100;

    private final Rebuilds rebuilds;
    private final Projections projections;
    private final Transactions transactions;
    private final Clock clock;

    RebuildService(Rebuilds rebuilds, Projections projections, Transactions transactions, Clock clock) {
        this.rebuilds = rebuilds;
        this.projections = projections;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Begins one.
     *
     * @param key makes a repetition safe; null for none
     * @throws ProblemException CONFLICT while another one has tables
     */
    Rebuild begin(String reason, String by, @Nullable String key) {
        var id = TimeOrderedUuid.at(clock.instant());
        if (rebuilds.begin(id, key, reason, by)) {
            return required(id);
        }
        var repeated = key == null ? Optional.<Rebuild>empty() : rebuilds.findByKey(key);
        return repeated.orElseThrow(() -> new ProblemException(
                ProblemType.CONFLICT,
                rebuilds.open()
                        .map(open -> "rebuild %s is %s; there is one at a time".formatted(open.id(), open.status()))
                        .orElse("another rebuild has just ended; ask again")));
    }

    /**
     * Asks for the switch.
     *
     * @param accepted why it is switched although bots differ; null when they must not
     */
    Rebuild requestSwitch(UUID id, @Nullable String accepted) {
        var rebuild = required(id);
        if (Set.of(SWITCHING, SWITCHED).contains(rebuild.status())) {
            return rebuild;
        }
        require(rebuild, Set.of(COMPARED));
        var differences = rebuild.differences() == null ? 0 : rebuild.differences();
        if (differences > 0 && accepted == null) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "%d bots differ, see the rebuild's differences; an admin can accept them with \"acceptDifferences\": true and a reason"
                            .formatted(differences));
        }
        return move(rebuild, SWITCHING, connection -> {
            if (accepted == null) {
                Rebuilds.acceptNone(connection, rebuild);
            } else {
                Rebuilds.accept(connection, rebuild, accepted);
            }
        });
    }

    /** Asks for the way back. */
    Rebuild requestRollback(UUID id) {
        var rebuild = required(id);
        if (Set.of(ROLLING_BACK, ROLLED_BACK).contains(rebuild.status())) {
            return rebuild;
        }
        require(rebuild, Set.of(SWITCHED));
        if (!projections.canReturn()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the projection that was kept cannot answer any more: this version has other tables, or the log is another one; confirm instead");
        }
        return move(rebuild, ROLLING_BACK, _ -> {});
    }

    /** Lets what was kept go. */
    Rebuild confirm(UUID id) {
        var rebuild = required(id);
        if (rebuild.status() == CONFIRMED) {
            return rebuild;
        }
        require(rebuild, Set.of(SWITCHED));
        return move(rebuild, CONFIRMED, connection -> projections.drop(connection, Side.PREVIOUS));
    }

    /** Lets go what was made so far. */
    Rebuild cancel(UUID id) {
        var rebuild = required(id);
        if (rebuild.status() == CANCELLED) {
            return rebuild;
        }
        require(rebuild, Set.of(FOLDING, COMPARED));
        return move(rebuild, CANCELLED, connection -> projections.drop(connection, Side.NEXT));
    }

    private static void require(Rebuild rebuild, Set<RebuildStatus> allowed) {
        if (!allowed.contains(rebuild.status())) {
            throw changed(rebuild);
        }
    }

    private static ProblemException changed(Rebuild rebuild) {
        return new ProblemException(ProblemType.CONFLICT, "rebuild %s is %s".formatted(rebuild.id(), rebuild.status()));
    }

    private interface Change {
        void on(Connection connection) throws SQLException;
    }

    private Rebuild move(Rebuild rebuild, RebuildStatus to, Change change) {
        transactions.write(connection -> {
            if (!Rebuilds.move(connection, rebuild, to, null)) {
                throw changed(rebuild);
            }
            change.on(connection);
            return to;
        });
        return required(rebuild.id());
    }

    /** @throws ProblemException NOT_FOUND */
    Rebuild required(UUID id) {
        return rebuilds.find(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no rebuild " + id));
    }

    RebuildView view(Rebuild rebuild) {
        return rebuild.view(progress(rebuild).orElse(null));
    }

    List<RebuildView> newest() {
        return rebuilds.newest().stream().map(this::view).toList();
    }

    private Optional<RebuildView.Progress> progress(Rebuild rebuild) {
        if (rebuild.status() != FOLDING && rebuild.status() != SWITCHING && rebuild.status() != ROLLING_BACK) {
            return Optional.empty();
        }
        var side = rebuild.status() == ROLLING_BACK ? Side.PREVIOUS : Side.NEXT;
        return projections.standing(side).map(standing -> progress(rebuild, standing));
    }

    private RebuildView.Progress progress(Rebuild rebuild, Standing standing) {
        var folded = standing.folded();
        var total = standing.total();
        var seconds = Math.max(
                1, Duration.between(rebuild.startedAt(), clock.instant()).toSeconds());
        var rate = rebuild.status() == FOLDING ? folded / seconds : 0;
        return new RebuildView.Progress(
                folded,
                total,
                total == 0 ? PERCENT : (int) (PERCENT * folded / total),
                rate,
                rate == 0 ? null : Duration.ofSeconds(Math.max(0, total - folded) / rate));
    }
}
