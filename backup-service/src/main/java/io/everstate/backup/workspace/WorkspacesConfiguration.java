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

    /** Patterns are globs relative to the directory: {@code *} stays within one directory, {@code **} does not. */
    interface WorkspaceConfiguration {
        /** The root. Need not exist at the start; a backup of it fails while it does not. */
        Path directory();

        /** What STATE_ONLY holds besides the bots' state. */
        @WithDefault("logs/bot_state.json")
        List<String> stateFiles();

        /** What CONFIG_ONLY holds. */
        @WithDefault(".env,configs/**")
        List<String> configFiles();

        /** Files that the inspection watches; paths, no patterns. */
        @WithDefault("logs/bot_state.json,configs/alert_config.json,configs/bybit_x_config.json,.env")
        List<String> criticalFiles();

        /** Directories that the inspection misses when they are not there. */
        @WithDefault("backtrader_engine,configs,scripts,logs")
        List<String> essentialDirectories();

        /** What FULL leaves out; none unless given. */
        Optional<List<String>> excludes();
    }
}
