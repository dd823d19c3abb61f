package io.everstate.backup.workspace;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.InspectionView.Role;
import java.nio.file.Path;
import java.util.List;

/** @param root absolute; nothing outside it is ever read or written */
public record Workspace(String name, Path root, WorkspaceKind kind, Profile profile) {

    /** Below the root; restores are staged in it, so that a rename puts a file in place. No backup holds it. */
    public static final String OWN_DIRECTORY = ".everstate";

    public Path ownDirectory() {
        return root.resolve(OWN_DIRECTORY);
    }

    /** Whether a backup of that kind holds what has this path. */
    public boolean selects(BackupKind kind, String path) {
        return switch (kind) {
            case FULL, INCREMENTAL -> !profile.excludes().match(path);
            case STATE_ONLY -> profile.stateFiles().match(path);
            case CONFIG_ONLY -> profile.configFiles().match(path);
            case LOGS_ONLY -> profile.logFiles().match(path);
        };
    }

    /** The same, of which FULL holds everything. */
    public Workspace withoutExcludes() {
        var all = new Profile(
                profile.stateFiles(),
                profile.configFiles(),
                profile.logFiles(),
                new PathPatterns(List.of()),
                profile.criticalFiles(),
                profile.essentialDirectories());
        return new Workspace(name, root, kind, all);
    }

    public Role roleOf(String path) {
        return profile.stateFiles().match(path) ? Role.STATE : Role.CONFIG;
    }

    public List<String> criticalFiles() {
        return profile.criticalFiles();
    }

    public List<String> essentialDirectories() {
        return profile.essentialDirectories();
    }
}
