package io.everstate.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.Note;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.sqlite.CopyMethod;
import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.testing.Ledger;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.PathPatterns;
import io.everstate.backup.workspace.Profile;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of databases and of what lies beside them, in an archive and in its manifest. */
@Tag("BD7")
class FileCopiesTest {
    private static final String DATABASE = "tradesv3.sqlite";

    @TempDir
    Path directory;

    private ScratchWorkspace files;

    @BeforeEach
    void workspace() {
        files = ScratchWorkspace.in(directory.resolve("workspace"));
    }

    @Test
    void holdsADatabaseAloneAndSaysHowItWasCopied() {
        try (var _ = Ledger.writing(files.path(DATABASE), "wal")) {
            var manifest = archive(Set.of());

            assertThat(ofDatabase(manifest)).singleElement().satisfies(entry -> {
                assertThat(entry.database()).isEqualTo(CopyMethod.ONLINE_BACKUP);
                assertThat(entry.condition()).isEqualTo(Condition.OK);
                assertThat(entry.changedWhileRead()).isNull();
            });
            assertThat(manifest.notes())
                    .containsExactly(
                            new Note(
                                    "workspace/tradesv3.sqlite-shm", "what it holds is in the copy of tradesv3.sqlite"),
                            new Note(
                                    "workspace/tradesv3.sqlite-wal",
                                    "what it holds is in the copy of tradesv3.sqlite"));
        }
    }

    /** Never silently: whoever restores it has to know. */
    @Test
    void saysThatADatabaseWasCopiedByteByByteAndWhy() {
        files.write(DATABASE, "SQLite format 3\0 and nothing that SQLite understands");
        files.write(DATABASE + "-journal", "journal");

        var manifest = archive(Set.of());

        assertThat(ofDatabase(manifest))
                .extracting(Entry::path, Entry::database, Entry::condition)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(DATABASE, CopyMethod.BYTES, Condition.UNREADABLE),
                        org.assertj.core.groups.Tuple.tuple(DATABASE + "-journal", null, null));
        assertThat(manifest.notes()).singleElement().satisfies(note -> {
            assertThat(note.path()).isEqualTo("workspace/tradesv3.sqlite");
            assertThat(note.what()).startsWith("it was copied byte by byte: it is damaged");
        });
    }

    /** Each file is of one moment, and all together are not. */
    @Test
    void marksWhatLiesBesideADatabaseThatWasWrittenToSinceItWasCopiedByteByByte() throws IOException {
        files.write(DATABASE, "SQLite format 3\0 and nothing that SQLite understands");
        files.write(DATABASE + "-journal", "journal");
        var spoolDirectory = directory.resolve("spool");
        var clock = Clock.systemUTC();
        var databases = new DatabaseCopier(spoolDirectory, Duration.ofSeconds(1), clock);
        var copies = new FileCopies(new StableCopy(clock), databases, Set.of());
        try (var spool = new Spool(spoolDirectory)) {
            copies.take(DATABASE, files.path(DATABASE), spool);
            files.write(DATABASE + "-wal", "a commit");

            var beside = copies.take(DATABASE + "-journal", files.path(DATABASE + "-journal"), spool);

            assertThat(beside)
                    .isInstanceOfSatisfying(
                            FileCopies.Taken.Content.class,
                            content -> assertThat(content.torn()).isTrue());
        }
    }

    /** A way back must hold what it is the way back to, byte by byte. */
    @Test
    void copiesAsTheyAreTheFilesThatAreAboutToBeReplaced() {
        var ledger = Ledger.amidATransaction(files.path(DATABASE), "wal", "normal");
        ledger.kill();

        var manifest = archive(Set.of(DATABASE, DATABASE + "-wal", DATABASE + "-shm"));

        assertThat(ofDatabase(manifest))
                .extracting(Entry::path, Entry::database)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(DATABASE, CopyMethod.BYTES),
                        org.assertj.core.groups.Tuple.tuple(DATABASE + "-shm", null),
                        org.assertj.core.groups.Tuple.tuple(DATABASE + "-wal", null));
        assertThat(ofDatabase(manifest))
                .allSatisfy(entry -> assertThat(entry.size())
                        .isEqualTo(files.path(entry.path()).toFile().length()));
        assertThat(manifest.notes()).isEmpty();
    }

    @Test
    void theManifestIsReadAgainWithTheMarkAndSaysNothingOfItElsewhere() {
        files.write(DATABASE, "SQLite format 3\0");

        var bytes = Samples.JSON.write(archive(Set.of()));

        assertThat(ofDatabase(Samples.JSON.read(bytes, Manifest.class)))
                .extracting(Entry::database)
                .containsExactly(CopyMethod.BYTES);
        assertThat(new String(bytes, StandardCharsets.UTF_8).split("\"database\":\"BYTES\"", -1))
                .hasSize(2);
    }

    private static List<Entry> ofDatabase(Manifest manifest) {
        return manifest.entries().stream()
                .filter(entry -> entry.path().startsWith(DATABASE))
                .toList();
    }

    private Manifest archive(Set<String> verbatim) {
        var nothing = new PathPatterns(List.of());
        var workspace = Workspaces.at(
                files.root(), new Profile(nothing, nothing, nothing, nothing, List.of(DATABASE), List.of()));
        var clock = Clock.systemUTC();
        var spoolDirectory = directory.resolve("spool");
        return Samples.archive(writer -> {
                    var databases = new DatabaseCopier(spoolDirectory, Duration.ofSeconds(1), clock);
                    var copies = new FileCopies(new StableCopy(clock), databases, verbatim);
                    var reader = new EntryReader(workspace, false, copies, Held.NOTHING);
                    try (var ahead = new ReadAhead<>(reader::read, spoolDirectory)) {
                        ahead.each(Listing.of(workspace, BackupKind.FULL).entries(), read -> read.write(writer));
                    }
                })
                .manifest();
    }
}
