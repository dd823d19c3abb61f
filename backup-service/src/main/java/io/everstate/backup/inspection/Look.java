package io.everstate.backup.inspection;

import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.sqlite.DatabaseCopier.Result.Copied;
import io.everstate.backup.sqlite.DatabaseCopier.Result.Refused;
import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.FileAttributes.FileType;
import io.everstate.backup.workspace.FileCondition;
import io.everstate.backup.workspace.NotAFileException;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one file of a workspace; only its condition is always there. Recovery restores over what is called damaged here, so only content that was
 * read to its end is called so: what cannot be read is INACCESSIBLE, and a trouble of the service's own is no look at all.
 */
public record Look(
        FileCondition condition,
        long size,
        @Nullable String sha256,
        @Nullable FileAttributes attributes) {

    private static Look without(FileCondition condition) {
        return new Look(condition, -1, null, null);
    }

    /** @throws ProblemException UNAVAILABLE when the spool's disk or the process itself keeps it from looking */
    public static Look at(
            Workspace workspace, String path, DatabaseCopier databases, StableCopy bytes, Path spoolDirectory) {
        try (var spool = new Spool(spoolDirectory)) {
            var place = workspace.root().resolve(path);
            return isDatabase(place) ? atDatabase(place, databases, bytes, spool) : atFile(path, place, bytes, spool);
        } catch (NoSuchFileException e) {
            return without(FileCondition.MISSING);
        } catch (NotAFileException e) {
            return without(FileCondition.inaccessible("it is no file but a link, a directory or the like"));
        } catch (IOException e) {
            checkThatAnythingCanBeOpened(workspace);
            return without(FileCondition.inaccessible("it cannot be read: " + e.getMessage()));
        }
    }

    private static boolean isDatabase(Path place) throws IOException {
        return FileAttributes.of(place).type() == FileType.FILE && SqliteFiles.isDatabase(place);
    }

    private static Look atFile(String path, Path place, StableCopy bytes, Spool spool) throws IOException {
        var copied = bytes.copy(place, spool);
        return new Look(FileCondition.of(path, spool), spool.size(), spool.sha256(), copied.attributes());
    }

    /** Size and sum are those of a copy, as they are in a backup: the same content has the same. */
    private static Look atDatabase(Path place, DatabaseCopier databases, StableCopy bytes, Spool spool)
            throws IOException {
        return switch (databases.copy(place, spool)) {
            case Copied copied -> new Look(FileCondition.OK, spool.size(), spool.sha256(), copied.attributes());
            case Refused refused
            when refused.damaged() -> {
                var copied = bytes.copy(place, spool);
                yield new Look(
                        FileCondition.unreadable(refused.why()), spool.size(), spool.sha256(), copied.attributes());
            }
            case Refused refused -> without(FileCondition.inaccessible(refused.why()));
        };
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
