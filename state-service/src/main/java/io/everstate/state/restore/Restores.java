package io.everstate.state.restore;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Kind;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.state.peer.CriticalChanges;
import io.everstate.state.platform.Invalid;
import io.everstate.state.restore.point.Target;
import io.everstate.state.restore.record.Cancellations;
import io.everstate.state.restore.record.Cancellations.Cancellation;
import io.everstate.state.restore.record.Recovery;
import io.everstate.state.restore.record.RecoveryLog;
import io.everstate.state.snapshot.store.SnapshotPurpose;
import io.everstate.state.snapshot.store.SnapshotRepository;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Begins restores. What can be refused is refused here, before anything is written down. */
@Singleton
final class Restores {
    private static final int MOST_NAMED = 5;

    private final Scope scope;
    private final SnapshotRepository snapshots;
    private final RecoveryLog log;
    private final Cancellations cancellations;
    private final CriticalChanges critical;
    private final Clock clock;

    Restores(
            Scope scope,
            SnapshotRepository snapshots,
            RecoveryLog log,
            Cancellations cancellations,
            CriticalChanges critical,
            Clock clock) {
        this.scope = scope;
        this.snapshots = snapshots;
        this.log = log;
        this.cancellations = cancellations;
        this.critical = critical;
        this.clock = clock;
    }

    /**
     * Writes down what is to be done, for whoever goes on with it; not before there is a backup, where one is required.
     *
     * @param key makes a repetition safe, also one that comes while a backup is waited for; null for none
     */
    Recovery begin(StateRestoreRequest wanted, String by, @Nullable String key) {
        requireWhole(wanted, key);
        var first = key == null ? null : log.begun(by, key).orElse(null);
        if (first != null) {
            return repeated(first, wanted);
        }
        if (!wanted.dryRun()) {
            log.requireAlone();
        }
        var findings = new ArrayList<String>();
        var request = resolved(wanted, findings);
        var parts = scope.parts(request);
        if (!request.dryRun()) {
            critical.before("%d bots are restored".formatted(parts.size()), by).ifPresent(findings::add);
        }
        var now = clock.instant();
        var view = new StateRestoreView(
                TimeOrderedUuid.at(now),
                Kind.RESTORE,
                Status.RUNNING,
                request.dryRun(),
                by,
                request,
                now,
                null,
                null,
                findings,
                null,
                0,
                parts.size(),
                0,
                0,
                0,
                0,
                0,
                0);
        var begun = log.begin(view, key, parts);
        return begun.view().id().equals(view.id()) ? begun : repeated(begun, wanted);
    }

    /**
     * Writes down that a restore is to end before the bots whose turn has not come.
     *
     * @throws ProblemException NOT_FOUND when there is none; CONFLICT when it has ended
     */
    Recovery cancel(UUID id, String by) {
        var restore = log.known(id);
        if (!cancellations.wish(restore, new Cancellation(by, clock.instant()))) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "restore %s has ended, it is %s"
                            .formatted(id, log.known(id).view().status()));
        }
        return restore;
    }

    private static Recovery repeated(Recovery first, StateRestoreRequest wanted) {
        var request = first.view().request();
        var meant =
                request != null && request.snapshot() != null && StateRestoreRequest.NEWEST.equals(wanted.snapshot())
                        ? wanted.ofSnapshot(request.snapshot())
                        : wanted;
        if (!meant.equals(request)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the key was used for another restore: " + first.view().id());
        }
        return first;
    }

    private static void requireWhole(StateRestoreRequest wanted, @Nullable String key) {
        var targets = Stream.of(wanted.snapshot(), wanted.at(), wanted.sequence())
                .filter(target -> target != null)
                .count();
        if (targets != 1) {
            throw Invalid.field("snapshot", "or at, or sequence must be given, and only one of them");
        }
        if (wanted.sequence() != null && wanted.bot() == null) {
            throw Invalid.field("sequence", "is the number of one bot's event, so bot must be given");
        }
        if (wanted.sequence() != null && wanted.sequence() < 1) {
            throw Invalid.field("sequence", "must be the number of an event");
        }
        if (wanted.bot() != null && wanted.component() != null) {
            throw Invalid.field("component", "must not be given with bot");
        }
        var _ = Invalid.idempotencyKey(key);
    }

    /** @param findings grows by why it is not the newest of all */
    private StateRestoreRequest resolved(StateRestoreRequest wanted, List<String> findings) {
        if (wanted.snapshot() == null) {
            return wanted;
        }
        if (!StateRestoreRequest.NEWEST.equals(wanted.snapshot())) {
            return wanted.ofSnapshot(
                    snapshots.known(uuid(wanted.snapshot())).id().toString());
        }
        var newest = snapshots
                .newestValidPoint()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "there is no valid snapshot that was taken to be gone back to"));
        snapshots
                .othersBehind(newest, MOST_NAMED)
                .forEach(later -> findings.add("snapshot %s is newer, but was taken %s"
                        .formatted(
                                later.id(),
                                later.purpose() == SnapshotPurpose.BACKUP
                                        ? "for a backup"
                                        : "as the way back of a restore")));
        snapshots
                .invalidBetween(newest, clock.instant(), MOST_NAMED)
                .forEach(later -> findings.add("snapshot %s is newer, but did not verify".formatted(later.id())));
        return wanted.ofSnapshot(newest.id().toString());
    }

    private static UUID uuid(String id) {
        return Invalid.uuid("snapshot", id, "must be a snapshot's id, or " + StateRestoreRequest.NEWEST);
    }

    /** To what the bots of a restore go back. */
    static Target target(StateRestoreRequest request) {
        if (request.snapshot() != null) {
            return new Target.OfSnapshot(UUID.fromString(request.snapshot()));
        }
        if (request.at() != null) {
            return new Target.AtTime(request.at());
        }
        if (request.sequence() != null) {
            return new Target.AfterEvent(request.sequence());
        }
        throw new IllegalArgumentException("a restore without a target");
    }
}
