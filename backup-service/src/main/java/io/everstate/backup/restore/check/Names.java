package io.everstate.backup.restore.check;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Whether the entries of an archive have different names where they are put. */
final class Names {
    private Names() {}

    /** @throws ProblemException CONFLICT naming the first name that is there twice: which of the two is wanted nobody can say */
    static void checkUnique(Collection<Entry> entries) {
        Set<String> seen = new HashSet<>();
        for (var entry : entries) {
            if (!seen.add(entry.name())) {
                throw refused("the archive holds %s twice".formatted(entry.name()));
            }
        }
    }

    /**
     * For a file system that takes {@code Bot.json} and {@code bot.json} for one name.
     *
     * @throws ProblemException CONFLICT naming the first two that would be one file, or one directory, there
     */
    static void checkFolded(Collection<Entry> entries) {
        Map<String, String> seen = new HashMap<>();
        for (var entry : entries) {
            for (var end = entry.name().length(); end > 0; end = entry.name().lastIndexOf('/', end - 1)) {
                var name = entry.name().substring(0, end);
                var other = seen.putIfAbsent(folded(name), name);
                if (other != null && !other.equals(name)) {
                    throw refused("%s and %s are one name on this file system".formatted(other, name));
                }
            }
        }
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Form.NFC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the file system of a directory finds its files under names of other case too. Nothing is written: where no file of it has a name with
     * letters, it is taken for one that does not.
     */
    static boolean areFolded(Path directory) throws IOException {
        Set<Path> children = new HashSet<>();
        try (var stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException e) {
            return false;
        }
        for (var child : children) {
            var other = child.resolveSibling(swapCase(child.getFileName().toString()));
            if (!children.contains(other)) {
                return Files.exists(other, LinkOption.NOFOLLOW_LINKS) && isSame(child, other);
            }
        }
        return false;
    }

    private static boolean isSame(Path child, Path other) throws IOException {
        return Objects.equals(key(child), key(other));
    }

    private static String key(Path path) throws IOException {
        return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    private static String swapCase(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
    }

    private static ProblemException refused(String what) {
        return new ProblemException(ProblemType.CONFLICT, what);
    }
}
