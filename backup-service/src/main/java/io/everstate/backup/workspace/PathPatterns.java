package io.everstate.backup.workspace;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Globs over paths relative to a workspace's root, with slashes. {@code configs/**} matches {@code configs} too. */
public final class PathPatterns {
    private final List<String> globs;
    private final List<PathMatcher> matchers;

    /** @throws IllegalArgumentException when one of them is no glob */
    public PathPatterns(List<String> globs) {
        this.globs = List.copyOf(globs);
        this.matchers = globs.stream()
                .flatMap(glob -> glob.endsWith("/**")
                        ? Stream.of(glob, glob.substring(0, glob.length() - "/**".length()))
                        : Stream.of(glob))
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    static PathPatterns of(String... globs) {
        return new PathPatterns(List.of(globs));
    }

    /** As they were given. */
    public List<String> globs() {
        return globs;
    }

    boolean match(String path) {
        var relative = Path.of(path);
        return matchers.stream().anyMatch(matcher -> matcher.matches(relative));
    }
}
