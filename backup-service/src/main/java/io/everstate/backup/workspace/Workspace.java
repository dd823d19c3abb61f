package io.everstate.backup.workspace;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.InspectionView.Role;
import java.nio.file.Path;
import java.util.List;

/** @param root absolute; nothing outside it is ever read or written */
public record Workspace(
        String name,
        Path root,
        PathPatterns stateFiles,
        PathPatterns configFiles,
        PathPatterns excludes,
        List<String> criticalFiles,
        List<String> essentialDirectories) {

    /** Below the root; restores are staged in it, so that a rename puts a file in place. No backup holds it. */
    public static final String OWN_DIRECTORY = ".everstate";

    public Path ownDirectory() {
        return root.resolve(OWN_DIRECTORY);
    }

    boolean selects(BackupKind kind, String path) {
        return switch (kind) {
            case FULL -> !excludes.match(path);
            case STATE_ONLY -> stateFiles.match(path);
            case CONFIG_ONLY -> configFiles.match(path);
        };
    }

    public Role roleOf(String path) {
        return stateFiles.match(path) ? Role.STATE : Role.CONFIG;
    }
}
