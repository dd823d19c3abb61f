package io.everstate.backup.swap;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Decides for each entry where it goes, and refuses every one that could end outside its workspace or in place of something else. */
final class SafePlace {
    /** In bytes, on the file systems in use. */
    private static final int LONGEST_NAME = 255;

    private final Path root;
    private final Path ownDirectory;

    SafePlace(Workspace workspace) {
        this.root = workspace.root();
        this.ownDirectory = workspace.ownDirectory();
    }

    /** @throws UnsafeArchiveException when one of them is not to be trusted; then none is */
    void check(Collection<Entry> entries) {
        Map<String, EntryType> seen = new HashMap<>();
        for (var entry : entries) {
            var place = of(entry.path());
            if (seen.put(entry.path(), entry.type()) != null) {
                throw refused(entry, "is there twice");
            }
            for (var parent : parents(place)) {
                var type = seen.get(root.relativize(parent).toString());
                if (type != null && type != EntryType.DIRECTORY) {
                    throw refused(entry, "goes through another entry that is no directory");
                }
            }
            checkLink(entry, place);
            checkPresent(entry, place);
        }
    }

    /** Below the root by its name alone. */
    Path of(String path) {
        if (path.isEmpty() || path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw new UnsafeArchiveException("the entry %s is no path within a workspace".formatted(path));
        }
        for (var name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new UnsafeArchiveException("the entry %s is no plain path within a workspace".formatted(path));
            }
            if (name.getBytes(UTF_8).length > LONGEST_NAME) {
                throw new UnsafeArchiveException("the entry %s has a name of more than %d bytes, which no file can have"
                        .formatted(path, LONGEST_NAME));
            }
        }
        var place = place(path);
        if (place.startsWith(ownDirectory)) {
            throw new UnsafeArchiveException("the entry %s belongs to Everstate itself".formatted(path));
        }
        return place;
    }

    private Path place(String path) {
        try {
            return root.resolve(path);
        } catch (InvalidPathException e) {
            throw new UnsafeArchiveException(
                    "the entry %s has a name that cannot be written here: %s".formatted(path, e.getReason()));
        }
    }

    /** A link may point within the workspace, or be there already as it is. */
    private void checkLink(Entry entry, Path place) {
        if (entry.type() != EntryType.LINK) {
            return;
        }
        if (isThere(entry, place)) {
            return;
        }
        var target = target(entry);
        var parent = place.getParent();
        var end = parent == null ? target : parent.resolve(target).normalize();
        if (target.isAbsolute() || !end.startsWith(root) || end.startsWith(ownDirectory)) {
            throw refused(entry, "is a link that leaves the workspace");
        }
    }

    private static Path target(Entry link) {
        try {
            return Path.of(String.valueOf(link.linkTarget()));
        } catch (InvalidPathException e) {
            throw refused(link, "is a link to something that cannot be named here: " + e.getReason());
        }
    }

    private static boolean isThere(Entry link, Path place) {
        try {
            return Content.isOf(place, link);
        } catch (IOException e) {
            throw refused(link, "is there and cannot be read: " + e.getMessage());
        }
    }

    /** The first of a place's parents that is there and is no directory, so that a write would end elsewhere or fail. */
    Optional<Path> obstacle(Path place) {
        return parents(place).stream()
                .filter(parent -> Files.exists(parent, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }

    private void checkPresent(Entry entry, Path place) {
        obstacle(place).ifPresent(parent -> {
            throw refused(entry, "would go through %s, which is no directory in the workspace".formatted(parent));
        });
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        var directory = Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
        if (directory != (entry.type() == EntryType.DIRECTORY)) {
            throw refused(entry, directory ? "is a directory in the workspace" : "is no directory in the workspace");
        }
        if (!directory && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(place)) {
            throw refused(entry, "is a device, socket or pipe in the workspace");
        }
    }

    /** From the root's child down to the parent; the root itself is not among them. */
    List<Path> parents(Path place) {
        var relative = root.relativize(place);
        return IntStream.range(1, relative.getNameCount())
                .mapToObj(count -> root.resolve(relative.subpath(0, count)))
                .toList();
    }

    private static UnsafeArchiveException refused(Entry entry, String why) {
        return new UnsafeArchiveException("the entry %s %s".formatted(entry.path(), why));
    }
}
