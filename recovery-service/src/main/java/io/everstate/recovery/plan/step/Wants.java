package io.everstate.recovery.plan.step;

import static java.util.stream.Collectors.toSet;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.InspectionView.Role;
import io.everstate.recovery.peer.Archives;
import io.everstate.recovery.plan.Situation;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a step wants to have restored, looked at anew each time. */
interface Wants {
    Set<BackupKind> EVERYTHING = Set.of(BackupKind.FULL, BackupKind.INCREMENTAL);

    List<Want> in(Situation situation);

    /** Files of these roles that are damaged now. */
    static Wants damaged(Archives archives, Set<Role> roles) {
        return situation -> new Workspaces(archives)
                .damage(situation, roles).stream()
                        .flatMap(damage -> damage.files().stream().map(file -> Want.of(damage, file)))
                        .toList();
    }

    /** Damaged files whose newest sound copy is in a backup of everything; a newer copy in a partial one is left to the later steps. */
    static Wants damagedAndNewestInFull(Archives archives) {
        return situation -> damaged(archives, Workspaces.ALL).in(situation).stream()
                .filter(want -> fullBackups(archives, want.workspace()).contains(want.best()))
                .toList();
    }

    private static Set<UUID> fullBackups(Archives archives, String workspace) {
        return archives.backups(workspace).stream()
                .filter(backup -> EVERYTHING.contains(backup.kind()))
                .map(BackupView::id)
                .collect(toSet());
    }

    static Wants missingDirectories(Archives archives) {
        return situation -> new Workspaces(archives)
                .inspections(situation).stream()
                        .flatMap(inspection -> inspection.missingDirectories().stream()
                                .map(directory -> Want.ofDirectory(inspection.workspace(), directory)))
                        .toList();
    }
}
