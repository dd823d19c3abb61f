package io.everstate.backup.backup;

import io.everstate.backup.sqlite.CopyMethod;
import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.sqlite.DatabaseCopier.Result.Copied;
import io.everstate.backup.sqlite.DatabaseCopier.Result.Refused;
import io.everstate.backup.sqlite.DatabaseState;
import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.FileAttributes.FileType;
import io.everstate.backup.workspace.NotAFileException;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.StableCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gets at the content of a workspace's files one after the other, in the order of their paths: databases by SQLite's means, all else byte by byte.
 * What lies beside a database that was copied is left out, for the copy holds it. A database that cannot be copied is
 * taken byte by byte with what lies beside it.
 */
final class FileCopies {
    private final StableCopy bytes;
    private final DatabaseCopier databases;
    private final Set<String> verbatim;
    private final Set<String> copied = new HashSet<>();
    private final Map<String, DatabaseState> asTheyLay = new HashMap<>();

    /** @param verbatim paths of which every byte is wanted as it is */
    FileCopies(StableCopy bytes, DatabaseCopier databases, Set<String> verbatim) {
        this.bytes = bytes;
        this.databases = databases;
        this.verbatim = verbatim;
    }

    sealed interface Taken {
        /**
         * The content is in the spool.
         *
         * @param torn whether it may be of several moments
         * @param database how a database was copied; null of all else
         * @param refusal why a database was copied byte by byte though it should not have been; else null
         */
        record Content(
                FileAttributes attributes,
                boolean torn,
                @Nullable CopyMethod database,
                @Nullable String refusal) implements Taken {}

        /** @param why a sentence */
        record LeftOut(String why) implements Taken {}
    }

    Taken take(String path, Path place, Spool spool) throws IOException {
        if (verbatim.contains(path)) {
            return verbatim(place, spool);
        }
        var owner = SqliteFiles.databaseOf(path);
        if (owner.filter(copied::contains).isPresent()) {
            return new Taken.LeftOut("what it holds is in the copy of " + owner.get());
        }
        if (!isDatabase(place)) {
            return beside(owner, place, spool);
        }
        return switch (databases.copy(place, spool)) {
            case Copied copy -> {
                copied.add(path);
                yield new Taken.Content(copy.attributes(), false, copy.method(), null);
            }
            case Refused refused -> asItLies(path, place, spool, refused.why());
        };
    }

    private Taken verbatim(Path place, Spool spool) throws IOException {
        var copy = bytes.copy(place, spool);
        return new Taken.Content(copy.attributes(), copy.torn(), isDatabase(place) ? CopyMethod.BYTES : null, null);
    }

    private Taken asItLies(String path, Path place, Spool spool, String why) throws IOException {
        var before = DatabaseState.of(place);
        asTheyLay.put(path, before);
        var copy = bytes.copy(place, spool);
        var torn = copy.torn() || !before.equals(DatabaseState.of(place));
        return new Taken.Content(copy.attributes(), torn, CopyMethod.BYTES, why);
    }

    /** What belongs to a database that was taken as it lay is of the same moment only when none of its files was written to since. */
    private Taken beside(Optional<String> owner, Path place, Spool spool) throws IOException {
        var copy = bytes.copy(place, spool);
        var torn = copy.torn();
        for (var lay : owner.map(asTheyLay::get).stream().toList()) {
            torn |= !lay.equals(DatabaseState.of(lay.database()));
        }
        return new Taken.Content(copy.attributes(), torn, null, null);
    }

    private static boolean isDatabase(Path place) throws IOException {
        if (FileAttributes.of(place).type() != FileType.FILE) {
            throw new NotAFileException(place);
        }
        return SqliteFiles.isDatabase(place);
    }
}
