package io.everstate.backup.workspace;

import io.everstate.backup.workspace.WorkspacesConfiguration.WorkspaceConfiguration;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Those that are configured. */
@Singleton
public final class Workspaces {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Map<String, Workspace> byName = new TreeMap<>();

    public Workspaces(WorkspacesConfiguration configuration) {
        configuration.byName().forEach((name, entry) -> byName.put(name, workspace(name, entry)));
    }

    private static Workspace workspace(String name, WorkspaceConfiguration entry) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("everstate.workspaces." + name
                    + ": a workspace's name is of lower-case letters, digits and dashes, at most 63");
        }
        var keys = new WorkspaceKeys("everstate.workspaces." + name);
        var usual = entry.kind().profile();
        var profile = new Profile(
                keys.patterns("state-files", entry.stateFiles(), usual.stateFiles()),
                keys.patterns("config-files", entry.configFiles(), usual.configFiles()),
                keys.patterns("log-files", entry.logFiles(), usual.logFiles()),
                keys.patterns("excludes", entry.excludes(), usual.excludes()),
                keys.paths("critical-files", entry.criticalFiles(), usual.criticalFiles()),
                keys.paths("essential-directories", entry.essentialDirectories(), usual.essentialDirectories()));
        return new Workspace(name, entry.directory().toAbsolutePath().normalize(), entry.kind(), profile);
    }

    public List<Workspace> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Workspace> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Workspace named(String name) {
        return find(name)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no workspace " + name));
    }
}
