package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SF11")
@Tag("BD9")
class SwapDirectoryTest {
    @TempDir
    Path directory;

    private SampleRestore restore;

    @BeforeEach
    void fresh() {
        restore = new SampleRestore(directory.resolve("workspace"));
    }

    @Test
    void nobodyElseCanReadWhatLiesStaged() throws IOException {
        var staged = restore.stage(new Disk());

        for (var number : staged.entries().values()) {
            var file = staged.directory().staged(number);
            if (Files.exists(file)) {
                assertThat(modeOf(file)).isEqualTo("rw-------");
            }
        }
        staged.prepare(restore.wayBack());

        var parent = restore.workspace.ownDirectory();
        var own = parent.resolve("restore-" + SampleRestore.ID);
        assertThat(modeOf(parent)).isEqualTo("rwx------");
        assertThat(modeOf(own)).isEqualTo("rwx------");
        assertThat(modeOf(own.resolve("staged"))).isEqualTo("rwx------");
        assertThat(modeOf(own.resolve("previous"))).isEqualTo("rwx------");
        assertThat(modeOf(own.resolve("journal.json"))).isEqualTo("rw-------");
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** Made by whoever can write to the workspace, to have files of another one removed. */
    @Test
    void followsNoLinkThatLooksLikeALeftover() throws IOException {
        var other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("precious"), "not ours");
        var own = Files.createDirectory(restore.files.path(".everstate"));
        Files.createSymbolicLink(own.resolve("restore-" + UUID.randomUUID()), other);
        var forged = Files.createDirectory(own.resolve("restore-" + SampleRestore.ID));
        Files.createSymbolicLink(forged.resolve("staged"), other);

        var left = SwapDirectory.left(restore.workspace, new Disk(), Samples.JSON);
        assertThat(left).extracting(SwapDirectory::restoreId).containsExactly(SampleRestore.ID);
        restore.settleAll(new Disk());

        assertThat(other.resolve("precious")).hasContent("not ours");
        assertThat(forged).doesNotExist();
    }
}
