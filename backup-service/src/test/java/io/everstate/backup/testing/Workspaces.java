package io.everstate.backup.testing;

import io.everstate.backup.workspace.PathPatterns;
import io.everstate.backup.workspace.Profile;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.WorkspaceKind;
import java.nio.file.Path;
import java.util.List;

/** Workspaces without a configuration. */
public final class Workspaces {
    private Workspaces() {}

    public static Workspace at(Path root) {
        return at(root, List.of());
    }

    public static Workspace at(Path root, List<String> excludes) {
        return at(
                root,
                new Profile(
                        new PathPatterns(List.of("logs/bot_state.json")),
                        new PathPatterns(List.of(".env", "configs/**")),
                        new PathPatterns(List.of("logs/*.log")),
                        new PathPatterns(excludes),
                        List.of("logs/bot_state.json", "configs/alert_config.json", ".env"),
                        List.of("configs", "logs")));
    }

    public static Workspace at(Path root, Profile profile) {
        return new Workspace("default", root, WorkspaceKind.EVERSTATE, profile);
    }
}
