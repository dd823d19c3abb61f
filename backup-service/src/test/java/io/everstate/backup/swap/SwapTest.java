package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.testing.Leases;
import io.everstate.backup.testing.ScratchWorkspace;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SF11")
@Tag("BD9")
class SwapTest {
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
    void putsEveryFileInItsPlaceAndLeavesTheOthers() throws IOException {
        restore.carryOut(new Disk(), Leases.held());

        assertThat(files.content()).isEqualTo(restore.after);
        assertThat(files.path("empty")).isDirectory();
        assertThat(files.path("added")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(files.path(".env"))).isEqualTo(FileDress.permissions(0640));
        assertThat(Files.getLastModifiedTime(files.path(".env")).toInstant())
                .isEqualTo(restore.archive.manifest().entries().getFirst().modifiedAt());
    }

    @Test
    void leavesADirectoryIntoWhichSomebodyPutSomething() throws IOException {
        var staged = restore.stage(new Disk());
        var wayBack = restore.wayBack();
        var journal = staged.prepare(wayBack);
        files.write("added/deep/other", "somebody else's");

        staged.perform(journal, wayBack, Leases.held());
        staged.swap().validate(journal, wayBack);

        assertThat(files.path("added/deep")).isDirectoryNotContaining("glob:**/model");
        assertThat(files.read("added/deep/other")).isEqualTo("somebody else's");
    }

    @Test
    void stopsInTheMiddleWhenTheLeaseIsLost() throws IOException {
        var lost = new Lease(
                "workspace:default",
                1,
                Duration.ofSeconds(1),
                () -> Duration.ofSeconds(2).toNanos(),
                0);

        assertThatThrownBy(() -> restore.carryOut(new Disk(), lost)).isInstanceOf(LeaseLostException.class);
        restore.settleAll(new Disk());

        assertThat(files.content()).isEqualTo(restore.before);
    }

    @Test
    void keepsACopyWhereTheFileSystemHasNoHardLinks() throws IOException {
        var withoutLinks = new Disk() {
            @Override
            void link(Path second, Path file) throws IOException {
                throw new FileSystemException(second.toString(), file.toString(), "Operation not permitted");
            }
        };

        restore.carryOut(withoutLinks, Leases.held());

        assertThat(files.content()).isEqualTo(restore.after);
    }
}
