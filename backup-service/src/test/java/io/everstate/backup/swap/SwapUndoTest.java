package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.swap.SwapDirectory.Outcome;
import io.everstate.backup.testing.Leases;
import io.everstate.backup.testing.ScratchWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An undo takes back what the restore did and nothing else, whatever others did meanwhile. */
@Tag("SF11")
@Tag("BD9")
class SwapUndoTest {
    @TempDir
    Path directory;

    private SampleRestore restore;
    private ScratchWorkspace files;

    @BeforeEach
    void fresh() {
        restore = new SampleRestore(directory.resolve("workspace"));
        files = restore.files;
    }

    @Test
    void putsBackWhatWasThereAndKeepsWhatWasWrittenSince() throws IOException {
        var staged = restore.stage(new Disk());
        var wayBack = restore.wayBack();
        var journal = staged.prepare(wayBack);
        staged.perform(journal, wayBack, Leases.held());
        files.write("logs/old.log", "somebody wrote here");

        assertThatThrownBy(() -> staged.swap().validate(journal, wayBack)).isInstanceOf(IOException.class);
        assertThat(staged.swap().settle()).contains(Outcome.ROLLED_BACK);
        staged.directory().remove();

        assertThat(files.content()).isEqualTo(restore.before);
        assertThat(restore.kept("written-since/logs/old.log")).hasContent("somebody wrote here");
        assertThat(staged.directory().findKept()).contains(Path.of(".everstate/kept-" + SampleRestore.ID));
        assertThat(files.path("models")).doesNotExist();
        assertThat(files.path("empty")).doesNotExist();
    }

    /** It belongs to the restored database, which is taken out again. */
    @Test
    void keepsALogThatWasMadeBesideARestoredDatabase() throws IOException {
        var staged = restore.stage(new Disk());
        var wayBack = restore.wayBack();
        var journal = staged.prepare(wayBack);
        staged.perform(journal, wayBack, Leases.held());
        files.write("tradesv3.sqlite-wal", "of the restored one");

        assertThatThrownBy(() -> staged.swap().validate(journal, wayBack)).isInstanceOf(IOException.class);
        assertThat(staged.swap().settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.content()).isEqualTo(restore.before);
        assertThat(restore.kept("written-since/tradesv3.sqlite-wal")).hasContent("of the restored one");
    }

    @Test
    void givesADirectoryThatComesBackItsMode() throws IOException {
        var swap = restore.perform().swap();
        assertThat(files.path("added")).doesNotExist();

        assertThat(swap.settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.path("added/empty")).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(files.path("added/deep"))).isEqualTo(FileDress.permissions(0755));
        assertThat(files.content()).isEqualTo(restore.before);
    }

    /** Of a damaged archive some are missing, and what is taken away must not take the number of another. */
    @Test
    void putsBackWhatWasThereAlsoWhenNotAllNumbersAreInUse() throws IOException {
        var staged = restore.stage(new Disk());
        var first = staged.entries().keySet().iterator().next();
        staged.entries().remove(first);
        var wayBack = restore.wayBack();
        staged.perform(staged.prepare(wayBack), wayBack, Leases.held());

        assertThat(staged.swap().settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.content()).isEqualTo(restore.before);
    }

    /** What somebody made meanwhile in a place that was not swapped yet is not ours to delete. */
    @Test
    void undoesOnlyWhatItDid() throws IOException {
        restore.stage(new Disk()).prepare(restore.wayBack());
        files.write("logs/old.log", "somebody else's");

        restore.settleAll(new Disk());

        assertThat(files.read("logs/old.log")).isEqualTo("somebody else's");
    }

    @Test
    void putsBackWhatWasThereAlsoWhenItsDirectoryIsGone() throws IOException {
        var swap = restore.perform().swap();
        deleteTree(files.path("logs"));

        assertThat(swap.settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.read("logs/bot_state.json")).isEqualTo(restore.before.get("logs/bot_state.json"));
        assertThat(files.read(".env")).isEqualTo(restore.before.get(".env"));
    }

    private static void deleteTree(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Neither deletes nor writes behind the link, and does not stand in the way of later work. */
    @Test
    void undoesNothingThroughALink() throws IOException {
        var swap = restore.perform().swap();
        var outside = Files.move(files.path("logs"), directory.resolve("outside"));
        Files.createSymbolicLink(files.path("logs"), outside);
        var restored = Files.readString(outside.resolve("bot_state.json"));

        assertThat(swap.settle()).contains(Outcome.ROLLED_BACK);

        assertThat(outside.resolve("old.log")).exists();
        assertThat(outside.resolve("bot_state.json")).hasContent(restored);
        assertThat(restore.kept("not-put-back/logs/bot_state.json"))
                .hasContent(restore.before.get("logs/bot_state.json"));
        assertThat(files.read(".env")).isEqualTo(restore.before.get(".env"));
    }
}
