package io.everstate.backup.workspace;

import io.everstate.backup.packing.PackedList;
import io.everstate.backup.packing.Texts;
import io.everstate.contracts.backup.BackupKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Goes through a workspace in the order of the paths, as texts, without sorting all of them: what is below a directory comes where its name with a slash
 * would. Holds the names of one directory on each level, and what {@link PackedList} takes of each path.
 */
final class Walk {
    private static final String BELOW = "/";

    private final Workspace workspace;
    private final Path root;
    private final BackupKind kind;
    private final Set<String> also;
    private final PackedList.Builder<Listing.Entry> entries = new PackedList.Builder<>(new EntryCodec());
    private final List<String> unreadable = new ArrayList<>();

    /** @param root the real one, so that no link is followed on the way */
    Walk(Workspace workspace, Path root, BackupKind kind, Set<String> also) {
        this.workspace = workspace;
        this.root = root;
        this.kind = kind;
        this.also = also;
    }

    /** To be called once. */
    Listing all() throws IOException {
        steps(root, steps(root, ""), "");
        return new Listing(entries.build(), unreadable, also);
    }

    /** @param name of a directory's child; with a slash behind it, of what is below that */
    private record Step(String name, boolean directory, long size) {
        boolean below() {
            return name.endsWith(BELOW);
        }
    }

    private void steps(Path directory, List<Step> steps, String prefix) throws IOException {
        for (var step : steps) {
            if (step.below()) {
                descend(directory.resolve(step.name()), prefix + step.name());
            } else {
                add(prefix + step.name(), step);
            }
        }
    }

    private void descend(Path directory, String prefix) throws IOException {
        List<Step> steps;
        try {
            steps = steps(directory, prefix);
        } catch (IOException e) {
            failed(directory, prefix.substring(0, prefix.length() - BELOW.length()));
            return;
        }
        steps(directory, steps, prefix);
    }

    private List<Step> steps(Path directory, String prefix) throws IOException {
        var steps = new ArrayList<Step>();
        try (var children = Files.newDirectoryStream(directory)) {
            for (var child : children) {
                var name = String.valueOf(child.getFileName());
                try {
                    step(child, name, steps);
                } catch (IOException e) {
                    failed(child, prefix + name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        steps.sort(Comparator.comparing(Step::name));
        return steps;
    }

    private void step(Path child, String name, List<Step> steps) throws IOException {
        var attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()) {
            steps.add(new Step(name, false, attributes.isRegularFile() ? attributes.size() : 0));
        } else if (!child.equals(root.resolve(Workspace.OWN_DIRECTORY))) {
            // one that cannot be looked into is no directory of the backup
            try (var _ = Files.newDirectoryStream(child)) {
                steps.add(new Step(name, true, 0));
                steps.add(new Step(name + BELOW, true, 0));
            }
        }
    }

    /** A file that went away meanwhile is nothing to report: it is not there. */
    private void failed(Path file, String relative) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            unreadable.add(relative);
        }
    }

    private void add(String relative, Step step) {
        if (workspace.selects(kind, relative) || also.contains(relative) || belongsToSelected(relative)) {
            entries.add(new Listing.Entry(relative, step.directory(), step.size()));
        }
    }

    /** A database that must be copied byte by byte after all is worth nothing without its log or journal, whatever the patterns say. */
    private boolean belongsToSelected(String relative) {
        return SqliteFiles.databaseOf(relative)
                .filter(database -> workspace.selects(kind, database))
                .filter(database -> isDatabase(root.resolve(database)))
                .isPresent();
    }

    private static boolean isDatabase(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && SqliteFiles.isDatabase(file);
        } catch (IOException e) {
            return false; // it is listed itself, and who copies it will say that it cannot be read
        }
    }

    private static final class EntryCodec implements PackedList.Codec<Listing.Entry> {
        @Override
        public void write(Listing.Entry entry, DataOutput target) throws IOException {
            Texts.write(entry.path(), target);
            target.writeBoolean(entry.directory());
            target.writeLong(entry.size());
        }

        @Override
        public Listing.Entry read(DataInput source) throws IOException {
            return new Listing.Entry(Texts.read(source), source.readBoolean(), source.readLong());
        }
    }
}
