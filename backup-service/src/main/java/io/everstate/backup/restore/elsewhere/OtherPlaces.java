package io.everstate.backup.restore.elsewhere;

import io.everstate.backup.restore.check.RestoreConfiguration;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Where else files may be restored: into new or empty directories below one root, none of which is in a workspace or has one in it. */
@Singleton
public final class OtherPlaces {
    private final RestoreConfiguration configuration;
    private final Workspaces workspaces;

    OtherPlaces(RestoreConfiguration configuration, Workspaces workspaces) {
        this.configuration = configuration;
        this.workspaces = workspaces;
    }

    /**
     * @param to relative to the root
     *
     * @throws ProblemException CONFLICT, or INVALID for what is no such path, naming why not there
     */
    public OtherPlace of(String to, UUID restore) {
        var root = configuration
                .elsewhereRoot()
                .orElseThrow(
                        () -> refused("everstate.restore.elsewhere-root names no directory for restores elsewhere"))
                .toAbsolutePath()
                .normalize();
        var target = below(root, to);
        for (var workspace : workspaces.all()) {
            checkApart(target, workspace);
        }
        checkWay(root, target);
        checkEmpty(target);
        return new OtherPlace(target, restore);
    }

    /** Of a restore that began to fill it. */
    public Optional<OtherPlace> left(String to, UUID restore) {
        return configuration
                .elsewhereRoot()
                .map(root -> new OtherPlace(below(root.toAbsolutePath().normalize(), to), restore));
    }

    private static Path below(Path root, String to) {
        try {
            var target = root.resolve(to);
            if (to.isBlank() || target.equals(root) || !target.startsWith(root) || !target.equals(target.normalize())) {
                throw new ProblemException(
                        ProblemType.INVALID,
                        "%s is no plain path below everstate.restore.elsewhere-root".formatted(to));
            }
            return target;
        } catch (InvalidPathException e) {
            throw new ProblemException(ProblemType.INVALID, "to is no path: " + e.getReason(), e);
        }
    }

    /** Also where the workspace's directory is a link. */
    private static void checkApart(Path target, Workspace workspace) {
        try {
            var root = workspace.root();
            var real = Files.exists(root) ? root.toRealPath() : root;
            for (var directory : new Path[] {root, real}) {
                if (target.startsWith(directory) || directory.startsWith(target)) {
                    throw refused("%s is in workspace %s, or has it in it".formatted(target, workspace.name()));
                }
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "the directory of workspace %s cannot be looked at".formatted(workspace.name()),
                    e);
        }
    }

    private static void checkWay(Path root, Path target) {
        if (!Files.isDirectory(root)) {
            throw refused("everstate.restore.elsewhere-root is no directory");
        }
        for (var way = target.getParent(); way != null && !way.equals(root); way = way.getParent()) {
            if (Files.exists(way, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(way, LinkOption.NOFOLLOW_LINKS)) {
                throw refused("%s is no directory, or a link to one".formatted(way));
            }
        }
    }

    private static void checkEmpty(Path target) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw refused("%s is there already and is no directory".formatted(target));
        }
        try (var children = Files.newDirectoryStream(target)) {
            if (children.iterator().hasNext()) {
                throw refused("%s is there already and is not empty".formatted(target));
            }
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "%s cannot be looked at".formatted(target), e);
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemType.CONFLICT, why);
    }
}
