package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceLockTest {
    @TempDir
    Path directory;

    @Test
    void oneAtATime() throws IOException {
        var workspace = Workspaces.at(
                ScratchWorkspace.in(directory.resolve("workspace")).root());

        try (var _ = WorkspaceLock.take(workspace)) {
            assertThatThrownBy(() -> WorkspaceLock.take(workspace).close())
                    .isInstanceOf(OverlappingFileLockException.class);
        }
        WorkspaceLock.take(workspace).close();
    }

    @Test
    void makesNoFileBehindALinkInTheLocksPlace() throws IOException {
        var files = ScratchWorkspace.in(directory.resolve("workspace"));
        Files.createDirectory(files.path(".everstate"));
        Files.createSymbolicLink(files.path(".everstate/lock"), directory.resolve("elsewhere"));

        assertThatThrownBy(() -> WorkspaceLock.take(Workspaces.at(files.root())).close())
                .isInstanceOf(IOException.class);

        assertThat(directory.resolve("elsewhere")).doesNotExist();
    }

    /** Else everything that is staged would be written where the link points. */
    @Test
    void refusesAWorkspaceWhoseOwnDirectoryIsALink() throws IOException {
        var files = ScratchWorkspace.in(directory.resolve("workspace"));
        Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(files.path(".everstate"), directory.resolve("outside"));

        assertThatThrownBy(() -> WorkspaceLock.take(Workspaces.at(files.root())).close())
                .isInstanceOf(UnsafeArchiveException.class);

        try (var written = Files.list(directory.resolve("outside"))) {
            assertThat(written).isEmpty();
        }
    }
}
