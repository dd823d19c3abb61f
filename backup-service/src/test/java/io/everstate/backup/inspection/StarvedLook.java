package io.everstate.backup.inspection;

import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.contracts.problem.ProblemException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at a sound file twice: with file descriptors and without. Ends with a stack trace and 1 unless the second is no look. */
final class StarvedLook {
    private static final int MORE_THAN_THERE_ARE = 2_000;
    private static final String NO_LOOK = "no look";
    /** Kept, for one that nobody knows any more is closed. */
    private static final List<Closeable> OPENED = new ArrayList<>();

    private StarvedLook() {}

    public static void main(String[] arguments) throws IOException {
        var root = Path.of(arguments[0]);
        require("OK", look(root));
        warmUpTheRefusal(root);
        useUpTheDescriptors(root.resolve(".env"));
        require(NO_LOOK, look(root));
    }

    private static void require(String expected, String found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException("expected " + expected + ", but the look says " + found);
        }
    }

    /** Classes cannot be loaded any more when no file can be opened. A link to itself is refused in the same way. */
    private static void warmUpTheRefusal(Path root) throws IOException {
        var loop = root.resolveSibling("loop");
        require(NO_LOOK, look(Files.createSymbolicLink(loop, loop)));
    }

    private static void useUpTheDescriptors(Path file) {
        try {
            for (var i = 0; i < MORE_THAN_THERE_ARE; i++) {
                OPENED.add(Files.newInputStream(file));
            }
        } catch (IOException e) {
            return; // as it is meant to be
        }
        throw new IllegalStateException(OPENED.size() + " files are open");
    }

    private static String look(Path root) {
        try {
            var clock = Clock.systemUTC();
            var spool = root.resolveSibling("spool");
            var databases = new DatabaseCopier(spool, Duration.ofSeconds(5), clock);
            var look = Look.at(Workspaces.at(root), ".env", databases, new StableCopy(clock), spool);
            return look.condition().condition().name();
        } catch (ProblemException e) {
            return NO_LOOK;
        }
    }
}
