package io.everstate.backup.inspection;

import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.FileCondition;
import io.everstate.backup.workspace.NotAFileException;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one file; only its condition is always there. Recovery restores over what is called damaged here, so only content that was
 * read to its end is called so: what cannot be read is INACCESSIBLE, and a trouble of the service's own is no look at all.
 */
record Look(
        FileCondition condition,
        long size,
        @Nullable String sha256,
        @Nullable FileAttributes attributes) {

    private static Look without(FileCondition condition) {
        return new Look(condition, -1, null, null);
    }

    /** @throws ProblemException UNAVAILABLE when the spool's disk or the process itself keeps it from looking */
    static Look at(Workspace workspace, String path, Path spoolDirectory, Clock clock) {
        try (var spool = new Spool(spoolDirectory)) {
            var copied = new StableCopy(clock).copy(workspace.root().resolve(path), spool);
            return new Look(FileCondition.of(path, spool), spool.size(), spool.sha256(), copied.attributes());
        } catch (NoSuchFileException e) {
            return without(FileCondition.MISSING);
        } catch (NotAFileException e) {
            return without(FileCondition.inaccessible("it is no file but a link, a directory or the like"));
        } catch (IOException e) {
            checkThatAnythingCanBeOpened(workspace);
            return without(FileCondition.inaccessible("it cannot be read: " + e.getMessage()));
        }
    }

    /** A process that is out of file descriptors has trouble with every file, and none of it is the file's. */
    private static void checkThatAnythingCanBeOpened(Workspace workspace) {
        try (var _ = Files.newDirectoryStream(workspace.root())) {
            return;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "nothing in workspace " + workspace.name() + " can be looked at: " + e, e);
        }
    }
}
