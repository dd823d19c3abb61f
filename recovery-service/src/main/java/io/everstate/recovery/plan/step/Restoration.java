package io.everstate.recovery.plan.step;

import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.recovery.plan.Memory;
import io.everstate.recovery.plan.Memory.Restore;
import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Restores what is wanted now, and nothing else, from the best backup; from an older one when that cannot be restored or its content is no
 * better. Which backup is wanted is stored before the restore is asked for.
 */
final class Restoration extends AbstractStep {
    /** What to do when no backup helps. */
    enum WithoutBackup {
        FAIL,
        /** Say so and go on. */
        LEAVE
    }

    private final Wants wants;
    private final WithoutBackup withoutBackup;
    private final Peers peers;
    private final Candidates candidates;

    Restoration(String name, Duration patience, Wants wants, WithoutBackup withoutBackup, Peers peers) {
        super(name, patience);
        this.wants = wants;
        this.withoutBackup = withoutBackup;
        this.peers = peers;
        this.candidates = new Candidates(peers.archives());
    }

    @Override
    public Progress advance(Situation situation) {
        var wanted = situation.memory().restore();
        if (wanted == null) {
            return choose(situation);
        }
        var id = wanted.id();
        return id == null ? ask(wanted, situation) : follow(wanted, id, situation);
    }

    private Progress choose(Situation situation) {
        var memory = situation.memory();
        var wanted = wants.in(situation);
        if (wanted.isEmpty()) {
            return new Progress.Done(outcome(memory), memory);
        }
        return bestRestore(wanted, situation)
                .<Progress>map(restore -> new Progress.Again(memory.withRestore(restore)))
                .orElseGet(() -> nothingHelps(wanted, memory));
    }

    private static String outcome(Memory memory) {
        return memory.notes().isEmpty()
                ? "not needed: nothing is damaged or missing"
                : String.join("; ", memory.notes());
    }

    /** All that the first backup can give at once. */
    private Optional<Restore> bestRestore(List<Want> wanted, Situation situation) {
        Map<Want, BackupView> sources = new LinkedHashMap<>();
        for (var want : wanted) {
            candidates.best(want, situation.memory().tried()).ifPresent(backup -> sources.put(want, backup));
        }
        return sources.entrySet().stream().findFirst().map(first -> {
            var backup = first.getValue();
            var paths = sources.entrySet().stream()
                    .filter(source -> source.getValue().equals(backup))
                    .map(source -> source.getKey().path())
                    .toList();
            var described = backup.kind() + " backup " + backup.id() + " of " + backup.requestedAt();
            return new Restore(first.getKey().workspace(), backup.id(), described, paths, situation.now(), null);
        });
    }

    private Progress nothingHelps(List<Want> wanted, Memory memory) {
        var places = wanted.stream()
                .map(want -> want.path() + " of workspace " + want.workspace())
                .toList();
        var reason = "no verified backup restores " + String.join(", ", places);
        var explained = memory.withNote(reason);
        return withoutBackup == WithoutBackup.FAIL
                ? new Progress.Impossible(outcome(explained))
                : new Progress.Done("not restored: " + outcome(explained), explained);
    }

    /** A crash may have lost the answer to an earlier try: the same key gets the same restore, and nobody else's. */
    private Progress ask(Restore wanted, Situation situation) {
        var memory = situation.memory();
        try {
            var key = situation.runId() + " " + wanted.wantedAt() + " " + wanted.backup();
            var id = peers.archives().requestRestore(wanted.backup(), wanted.paths(), key);
            return new Progress.Again(memory.withRestore(wanted.numbered(id)));
        } catch (ProblemException e) {
            return refused(wanted, memory, e);
        }
    }

    /** A conflict says that another restore is under way, unless the backup is no longer good. */
    private Progress refused(Restore wanted, Memory memory, ProblemException refusal) {
        if (refusal.type().retryable()) {
            throw refusal;
        }
        var good = refusal.type() == ProblemType.CONFLICT
                && peers.archives().backups(wanted.workspace()).stream()
                        .filter(backup -> backup.status() == BackupView.Status.COMPLETED)
                        .anyMatch(backup -> backup.id().equals(wanted.backup()));
        return good ? new Progress.Wait(refusal.detail()) : failed(wanted, memory, refusal.detail());
    }

    private Progress follow(Restore wanted, UUID id, Situation situation) {
        var memory = situation.memory();
        var restore = peers.archives().restore(id);
        return switch (restore.status()) {
            case RUNNING -> new Progress.Wait("restore " + id);
            case FAILED, ROLLED_BACK, PARTIAL -> failed(wanted, memory, String.valueOf(restore.failure()));
            case COMPLETED ->
                helped(wanted, situation)
                        ? new Progress.Again(memory.withRestore(null).withNote(note(wanted, restore)))
                        : failed(wanted, memory, "its content is no better");
        };
    }

    private boolean helped(Restore wanted, Situation situation) {
        return wants.in(situation).stream()
                .filter(want -> want.workspace().equals(wanted.workspace()))
                .noneMatch(want -> wanted.paths().contains(want.path()));
    }

    private static Progress failed(Restore wanted, Memory memory, String why) {
        return new Progress.Again(
                memory.withTried(wanted.backup()).withNote(wanted.described() + " did not help: " + why));
    }

    private static String note(Restore wanted, RestoreView restore) {
        return "restored " + String.join(", ", wanted.paths()) + " of workspace " + wanted.workspace() + " from "
                + wanted.described() + " (safety backup " + restore.safetyBackupId() + ")";
    }
}
