package io.everstate.backup.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.ArchiveWriter;
import io.everstate.backup.archive.BackupMetadata;
import io.everstate.backup.archive.Base;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Member;
import io.everstate.backup.archive.ManifestFile;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.packing.Packing;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.store.InMemoryArchiveStore;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.BackupKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A process that takes a FULL and an INCREMENTAL of very many files, and reads both back. Its manifests are in memory, packed; zstd has its own outside of the heap. */
final class ManyFiles {
    private static final int A_DIRECTORY = 500;

    private final Path directory;
    private final Workspace workspace;
    private final Packing packing = SamplePackings.ZSTD.chosen();
    private final InMemoryArchiveStore store = new InMemoryArchiveStore();

    private ManyFiles(Path directory) {
        this.directory = directory;
        this.workspace = Workspaces.at(directory.resolve("workspace"));
    }

    /** @param arguments a directory that is there, and how many files there are to be */
    public static void main(String[] arguments) throws IOException {
        var files = new ManyFiles(Path.of(arguments[0]));
        files.make(Integer.parseInt(arguments[1]));
        var full = files.take("full", null);
        Files.writeString(files.workspace.root().resolve("0/0"), "changed");
        Files.delete(files.workspace.root().resolve("0/1"));
        var incremental = files.take("incremental", full);
        var manifest = files.readBack("incremental", incremental);
        System.out.printf(
                "%d files, %d held, %s deleted%n",
                manifest.files(),
                manifest.entries().stream()
                        .filter(entry -> entry.heldBy() != null)
                        .count(),
                Objects.requireNonNull(manifest.chain()).deleted());
    }

    private void make(int count) throws IOException {
        for (var number = 0; number < count; number++) {
            var place = workspace.root().resolve(String.valueOf(number / A_DIRECTORY));
            if (number % A_DIRECTORY == 0) {
                Files.createDirectories(place);
            }
            Files.write(
                    place.resolve(String.valueOf(number % A_DIRECTORY)),
                    String.valueOf(number).getBytes(UTF_8));
        }
    }

    /** @return the sum of its manifest, which is in the storage under its name */
    private String take(String name, @Nullable String baseSum) throws IOException {
        var base = baseSum == null ? null : base(baseSum);
        var metadata = new BackupMetadata(
                1,
                UUID.randomUUID(),
                "default",
                base == null ? BackupKind.FULL : BackupKind.INCREMENTAL,
                Instant.now().plus(Duration.ofHours(1)),
                "of many files",
                0,
                false);
        var clock = Clock.systemUTC();
        var spoolDirectory = directory.resolve("spool");
        try (var output = Files.newOutputStream(directory.resolve(name));
                var writer = new ArchiveWriter(output, packing, metadata, Samples.JSON);
                var ahead = new ReadAhead<>(reader(base, clock, spoolDirectory)::read, spoolDirectory)) {
            ahead.each(Listing.of(workspace, metadata.kind()).entries(), read -> read.write(writer));
            return new ManifestFile(store, packing, Samples.JSON).write(name, writer.finish(name, base));
        }
    }

    private EntryReader reader(@Nullable Base base, Clock clock, Path spoolDirectory) {
        var databases = new DatabaseCopier(spoolDirectory, Duration.ofSeconds(5), clock);
        var copies = new FileCopies(new StableCopy(clock), databases, Set.of());
        return new EntryReader(workspace, false, copies, Held.of(base, Instant.MAX));
    }

    private Base base(String sum) throws IOException {
        var manifest = readBack("full", sum);
        return new Base(manifest, List.of(new Member(manifest.backup().id(), "full", sum)));
    }

    private Manifest readBack(String name, String sum) throws IOException {
        var manifest = new ManifestFile(store, packing, Samples.JSON).read(name, sum);
        try (var input = Files.newInputStream(directory.resolve(name))) {
            new ArchiveVerifier(packing, Samples.JSON).verify(input, manifest, ArchiveVerifier.NOWHERE);
        }
        return manifest;
    }
}
