package io.everstate.backup.restore.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.sqlite.CopyMethod;
import io.everstate.backup.swap.WayBack;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back and what goes when a restore is taken back. */
@Tag("BD9")
class ReversalTest {
    @TempDir
    Path directory;

    private ScratchWorkspace files;
    private Workspace workspace;

    @BeforeEach
    void fresh() {
        files = ScratchWorkspace.in(directory.resolve("workspace"));
        workspace = Workspaces.at(files.root(), List.of("cache/**", "cache"));
    }

    @Test
    void bringsBackOnlyWhatTheRestoreReplaced() {
        var before = manifest(file(".env", "old"), file("logs/trading.log", "old"), folder("logs"));
        var restored = manifest(file(".env", "new"), file("added", "new"));

        assertThat(reversal(before, restored, ".env", "added").returning())
                .extracting(Entry::path)
                .containsExactly(".env");
    }

    /** The restore took it away, since the restored database would have played it. */
    @Test
    void bringsBackTheLogOfADatabase() {
        var before = manifest(
                file("trades", "old"), file("trades-wal", "log"), file("notes", "a note"), file("notes-wal", "none"));
        var restored = manifest(database("trades", "new"), file("notes", "another"));

        assertThat(reversal(before, restored, "trades", "notes").returning())
                .extracting(Entry::path)
                .containsExactly("notes", "trades", "trades-wal");
    }

    @Test
    void removesWhatWasAddedAndTheDirectoriesThatItLeavesEmpty() throws IOException {
        files.write("models/v1/weights", "1 2 3");
        Files.createSymbolicLink(files.path("models/newest"), Path.of("v1/weights"));
        var restored = manifest(
                folder("models"),
                folder("models/v1"),
                file("models/v1/weights", "1 2 3"),
                link("models/newest", "v1/weights"));

        var additions = reversal(manifest(), restored, "models/v1/weights", "models/newest")
                .additions(workspace);

        assertThat(additions.removal().files())
                .extracting(Entry::path)
                .containsExactly("models/newest", "models/v1/weights");
        assertThat(additions.removal().directories()).containsExactly("models/v1", "models");
        assertThat(additions.kept()).isEmpty();
    }

    @Test
    void keepsAndNamesWhatWasWrittenSince() throws IOException {
        files.write("models/weights", "4 5 6");
        files.write("models/names", "a b c");
        var restored = manifest(file("models/weights", "1 2 3"), file("models/names", "a b c"));

        var additions =
                reversal(manifest(), restored, "models/weights", "models/names").additions(workspace);

        assertThat(additions.kept()).containsExactly("models/weights");
        assertThat(additions.removal().files()).extracting(Entry::path).containsExactly("models/names");
        assertThat(additions.removal().directories()).isEmpty();
    }

    /** What its bot committed since may be in the log alone. */
    @Test
    void keepsADatabaseThatWasOpenedSince() throws IOException {
        files.write("trades.sqlite", "as restored");
        files.write("trades.sqlite-wal", "committed since");
        var restored = manifest(database("trades.sqlite", "as restored"));

        var additions = reversal(manifest(), restored, "trades.sqlite").additions(workspace);

        assertThat(additions.kept()).containsExactly("trades.sqlite");
        assertThat(additions.removal().files()).isEmpty();
    }

    @Test
    void keepsADatabaseWithItsLogWhenTheLogWasWritten() throws IOException {
        files.write("trades.sqlite", "as restored");
        files.write("trades.sqlite-wal", "committed since");
        var restored = manifest(database("trades.sqlite", "as restored"), file("trades.sqlite-wal", "as restored"));

        var additions = reversal(manifest(), restored, "trades.sqlite", "trades.sqlite-wal")
                .additions(workspace);

        assertThat(additions.kept()).containsExactly("trades.sqlite", "trades.sqlite-wal");
    }

    @Test
    void saysNothingOfWhatIsGone() throws IOException {
        var additions =
                reversal(manifest(), manifest(file("gone", "1")), "gone").additions(workspace);

        assertThat(additions.kept()).isEmpty();
        assertThat(additions.removal().files()).isEmpty();
    }

    /** No safety backup looks into it, so it may have been there. */
    @Test
    void leavesADirectoryThatIsExcluded() throws IOException {
        files.write("cache/x", "1");

        var additions =
                reversal(manifest(), manifest(file("cache/x", "1")), "cache/x").additions(workspace);

        assertThat(additions.removal().files()).extracting(Entry::path).containsExactly("cache/x");
        assertThat(additions.removal().directories()).isEmpty();
    }

    @Test
    void leavesADirectoryThatWasThereBefore() throws IOException {
        files.write("models/weights", "1");
        var restored = manifest(folder("models"), file("models/weights", "1"));

        var additions =
                reversal(manifest(folder("models")), restored, "models/weights").additions(workspace);

        assertThat(additions.removal().directories()).isEmpty();
    }

    @Test
    void removesNothingBehindALink() throws IOException {
        var outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("weights"), "1");
        Files.createSymbolicLink(files.path("models"), outside);
        var restored = manifest(folder("models"), file("models/weights", "1"));

        var additions = reversal(manifest(), restored, "models/weights").additions(workspace);

        assertThat(additions.kept()).containsExactly("models/weights");
        assertThat(additions.removal().files()).isEmpty();
        assertThat(additions.removal().directories()).isEmpty();
    }

    @Test
    void namesWhatComesBackOverWhatWasWrittenSince() throws IOException {
        files.write("kept", "new");
        files.write("notes", "written since");
        files.write("back", "old");
        var before = manifest(file("kept", "old"), file("notes", "old"), file("back", "old"), file("gone", "old"));
        var restored = manifest(file("kept", "new"), file("notes", "new"), file("back", "new"), file("gone", "new"));

        var replacements =
                reversal(before, restored, "kept", "notes", "back", "gone").replacements(workspace);

        assertThat(replacements.written()).containsExactly("notes");
        assertThat(replacements.untouched()).extracting(Entry::path).containsExactly("kept");
    }

    /** The restore took the log away. One that is there now is of what was committed since. */
    @Test
    void namesADatabaseThatWasOpenedSinceWithItsLog() throws IOException {
        files.write("trades", "as restored");
        files.write("trades-wal", "committed since");
        var before = manifest(database("trades", "old"), file("trades-wal", "log"));
        var restored = manifest(database("trades", "as restored"));

        var replacements = reversal(before, restored, "trades").replacements(workspace);

        assertThat(replacements.written()).containsExactly("trades", "trades-wal");
        assertThat(replacements.untouched()).isEmpty();
    }

    /** It was restored with the database, and is no log of somebody else's. */
    @Test
    void saysNothingOfALogThatWasAddedToADatabaseThatWasReplaced() throws IOException {
        files.write("trades", "new");
        files.write("trades-wal", "restored");
        var restored = manifest(database("trades", "new"), file("trades-wal", "restored"));

        var replacements = reversal(manifest(database("trades", "old")), restored, "trades", "trades-wal")
                .replacements(workspace);

        assertThat(replacements.written()).isEmpty();
    }

    @Test
    void noticesWhatIsWrittenBetweenTheLookAndTheSafetyBackup() throws IOException {
        files.write("notes", "new");
        var replacements = reversal(manifest(file("notes", "old")), manifest(file("notes", "new")), "notes")
                .replacements(workspace);

        replacements.checkStill(new WayBack(manifest(file("notes", "new"))));
        replacements.checkStill(new WayBack(manifest()));
        assertThatThrownBy(() -> replacements.checkStill(new WayBack(manifest(file("notes", "newest")))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("notes was written while it was to be replaced");
    }

    @Test
    void noticesADatabaseThatIsOpenedBetweenTheLookAndTheSafetyBackup() throws IOException {
        files.write("trades", "new");
        var replacements = reversal(manifest(database("trades", "old")), manifest(database("trades", "new")), "trades")
                .replacements(workspace);
        var safety = new WayBack(manifest(database("trades", "new"), file("trades-wal", "committed")));

        assertThatThrownBy(() -> replacements.checkStill(safety)).hasMessageContaining("trades was written");
    }

    /** A rollback is taken back: what it removed comes back with its directory, unless somebody has put another there. */
    @Test
    void bringsBackWhatARollbackRemoved() throws IOException {
        files.write("models/names", "somebody else's");
        var before = manifest(folder("models"), file("models/weights", "1"), file("models/names", "a"));

        var reversal = reversal(before, manifest(), "models", "models/weights", "models/names");

        assertThat(reversal.returning())
                .extracting(Entry::path)
                .containsExactly("models", "models/names", "models/weights");
        assertThat(reversal.replacements(workspace).written()).containsExactly("models/names");
    }

    private static Reversal reversal(Manifest before, Manifest restored, String... files) {
        return new Reversal(before, restored, List.of(files), _ -> true);
    }

    private static Manifest manifest(Entry... entries) {
        var empty = Samples.archive(_ -> {}).manifest();
        return new Manifest(
                empty.formatVersion(),
                empty.backup(),
                empty.archive(),
                Stream.of(entries).toList(),
                List.of(),
                null);
    }

    private static Entry file(String path, String content) {
        return Samples.entry(path, EntryType.FILE, content.getBytes(StandardCharsets.UTF_8), null);
    }

    private static Entry folder(String path) {
        return Samples.entry(path, EntryType.DIRECTORY, new byte[0], null);
    }

    private static Entry link(String path, String target) {
        return Samples.entry(path, EntryType.LINK, new byte[0], target);
    }

    private static Entry database(String path, String content) {
        var file = file(path, content);
        return new Entry(
                file.name(),
                file.type(),
                file.size(),
                file.sha256(),
                null,
                file.mode(),
                file.uid(),
                file.gid(),
                file.owner(),
                file.group(),
                file.modifiedAt(),
                file.changedAt(),
                null,
                null,
                CopyMethod.BYTES);
    }
}
