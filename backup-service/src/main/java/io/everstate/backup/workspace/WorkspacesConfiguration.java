package io.everstate.backup.workspace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The workspaces by name; any number. A name is of lower-case letters, digits and dashes. */
@ConfigMapping(prefix = "everstate.workspaces")
public interface WorkspacesConfiguration {
    @WithParentName
    Map<String, WorkspaceConfiguration> byName();

    /**
     * Patterns are globs relative to the directory: {@code *} stays within one directory, {@code **} does not. A list that is not given, or is empty, is
     * that of the kind.
     */
    interface WorkspaceConfiguration {
        /** The root. Need not exist at the start; a backup of it fails while it does not. */
        Path directory();

        /** Whose workspace it is. */
        @WithDefault("everstate")
        WorkspaceKind kind();

        /** What STATE_ONLY holds besides the bots' state. */
        Optional<List<String>> stateFiles();

        /** What CONFIG_ONLY holds. */
        Optional<List<String>> configFiles();

        /** What LOGS_ONLY holds. */
        Optional<List<String>> logFiles();

        /** What FULL leaves out. */
        Optional<List<String>> excludes();

        /** Files that the inspection watches; paths, no patterns. */
        Optional<List<String>> criticalFiles();

        /** Directories that the inspection misses when they are not there. */
        Optional<List<String>> essentialDirectories();
    }
}
