package io.everstate.backup.swap;

import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The operating system's lock on a workspace while its files are changed. The lease alone cannot stop a process that was paused in the
 * middle of a swap and wakes up: it still holds this lock, and its successor waits for it to end.
 */
public final class WorkspaceLock implements AutoCloseable {
    private static final Set<OpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final FileChannel channel;

    private WorkspaceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws ProblemException UNAVAILABLE when another process holds it */
    public static WorkspaceLock take(Workspace workspace) throws IOException {
        var own = workspace.ownDirectory();
        if (Files.isSymbolicLink(own)) {
            throw new UnsafeArchiveException(own + " is a link; what is staged must not leave the workspace");
        }
        Files.createDirectories(own, Disk.OWNERS_DIRECTORY);
        var channel = FileChannel.open(own.resolve("lock"), OPTIONS, Disk.OWNERS_FILE);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "another process is changing the files of workspace " + workspace.name());
        }
        return new WorkspaceLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
