package io.everstate.backup.workspace;

import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The lists of one workspace's configuration. What cannot match anything is refused with its key: a list that silently selects nothing makes backups
 * that hold nothing.
 *
 * @param prefix of the keys, without the last dot
 */
record WorkspaceKeys(String prefix) {

    PathPatterns patterns(String key, Optional<List<String>> given, PathPatterns usual) {
        return given.map(globs -> patterns(key, globs)).orElse(usual);
    }

    private PathPatterns patterns(String key, List<String> globs) {
        checkRelative(key, globs);
        try {
            return new PathPatterns(globs);
        } catch (PatternSyntaxException e) {
            throw refused(key, e.getPattern() + " is no glob: " + e.getDescription());
        }
    }

    List<String> paths(String key, Optional<List<String>> given, List<String> usual) {
        given.ifPresent(paths -> checkRelative(key, paths));
        return given.map(List::copyOf).orElse(usual);
    }

    private void checkRelative(String key, List<String> paths) {
        for (var path : paths) {
            if (Stream.of(path.split("/", -1))
                    .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."))) {
                throw refused(key, path + " is not relative to the workspace's directory, as logs/*.log is");
            }
        }
    }

    private IllegalArgumentException refused(String key, String why) {
        return new IllegalArgumentException(prefix + "." + key + ": " + why);
    }
}
