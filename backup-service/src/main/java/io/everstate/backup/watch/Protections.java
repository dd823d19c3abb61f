package io.everstate.backup.watch;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Proven;
import io.everstate.backup.catalogue.Proofs;
import io.everstate.backup.outbox.Outbox;
import io.everstate.backup.schedule.FullDistance;
import io.everstate.contracts.backup.BackupEvent.BackupRecentAgain;
import io.everstate.contracts.backup.BackupEvent.BackupTooOld;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.ProtectionView;
import io.everstate.contracts.backup.ProtectionView.Point;
import io.everstate.contracts.backup.ProtectionView.State;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How well each workspace is protected, and that it is told when that changes: once, however many look however often. */
@Singleton
class Protections {
    private final WatchedStates states;
    private final Proofs proofs;
    private final Outbox outbox;
    private final ProtectionConfiguration configuration;
    private final FullDistance fullDistance;
    private final Clock clock;

    Protections(
            WatchedStates states,
            Proofs proofs,
            Outbox outbox,
            ProtectionConfiguration configuration,
            FullDistance fullDistance,
            Clock clock) {
        this.states = states;
        this.proofs = proofs;
        this.outbox = outbox;
        this.configuration = configuration;
        this.fullDistance = fullDistance;
        this.clock = clock;
    }

    /** Tells of a change, if there is one. */
    @Transactional
    void look(String workspace) {
        var now = clock.instant();
        var told = states.locked(subject(workspace), State.OK.name(), now);
        var before = State.valueOf(told.state);
        var protection = protection(workspace);
        var full = full(workspace);
        var state = protection.judge(before, full, now);
        var tooOld = state == State.OLD || (state == State.NONE && protection.tooLongWithout(told.since, now));
        if (before == State.OK && tooOld) {
            told.state = State.OLD.name();
            told.since = now;
            outbox.add(new BackupTooOld(workspace, full.orElse(null), protection.seconds(), now));
        } else if (before != State.OK && state == State.OK) {
            told.state = State.OK.name();
            told.since = now;
            full.ifPresent(at -> outbox.add(new BackupRecentAgain(workspace, at, now)));
        }
    }

    @Transactional
    ProtectionView view(String workspace) {
        var now = clock.instant();
        var before = states.state(subject(workspace)).map(State::valueOf).orElse(State.OK);
        var newest = newest(workspace, now);
        var full =
                newest.stream().filter(point -> point.kind() == BackupKind.FULL).findFirst();
        var protection = protection(workspace);
        return new ProtectionView(
                workspace,
                protection.judge(before, full.map(Point::takenAt), now),
                full.orElse(null),
                protection.tooOldAfter() == null ? null : protection.seconds(),
                newest,
                proofs.newestProven(workspace)
                        .map(proven -> proven(proven, now))
                        .orElse(null));
    }

    private List<Point> newest(String workspace, Instant now) {
        return Arrays.stream(BackupKind.values())
                .flatMap(kind -> proofs.newest(workspace, kind).stream())
                .map(backup -> point(backup, now))
                .toList();
    }

    private static Point point(Completed backup, Instant now) {
        var head = backup.head();
        return new Point(
                head.id(), head.kind(), head.requestedAt(), backup.verifiedAt(), seconds(head.requestedAt(), now));
    }

    private static ProtectionView.Proven proven(Proven backup, Instant now) {
        var proof = backup.proof();
        return new ProtectionView.Proven(
                backup.head().id(), backup.head().kind(), proof.at(), proof.drillRun(), seconds(proof.at(), now));
    }

    private static long seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private Optional<Instant> full(String workspace) {
        return proofs.newest(workspace, BackupKind.FULL)
                .map(backup -> backup.head().requestedAt());
    }

    private Protection protection(String workspace) {
        var own = configuration.workspaces().get(workspace);
        return own == null
                ? new Protection(configuration
                        .backupTooOldAfter()
                        .or(() -> fullDistance.of(workspace).map(distance -> distance.multipliedBy(2)))
                        .orElse(null))
                : new Protection(own.backupTooOldAfter());
    }

    private static String subject(String workspace) {
        return "protection:" + workspace;
    }
}
