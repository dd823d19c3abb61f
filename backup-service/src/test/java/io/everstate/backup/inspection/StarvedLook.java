package io.everstate.backup.inspection;

import io.everstate.backup.testing.Workspaces;
import io.everstate.contracts.problem.ProblemException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Looks at a sound file twice: with file descriptors and without. */
final class StarvedLook {
    private StarvedLook() {}

    public static void main(String[] arguments) {
        var root = Path.of(arguments[0]);
        var before = look(root);
        warmUpTheRefusal(root);
        useUp(root.resolve(".env"), new ArrayList<>());
        System.out.println("before: " + before + ", out of descriptors: " + look(root));
    }

    private static void useUp(Path file, List<Closeable> opened) {
        try {
            for (var i = 0; i < 2_000; i++) {
                opened.add(Files.newInputStream(file));
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Classes cannot be loaded any more when no file can be opened. */
    private static void warmUpTheRefusal(Path root) {
        look(root.resolve("nowhere"));
        look(root.resolve(".env"));
    }

    private static String look(Path root) {
        try {
            var look = Look.at(Workspaces.at(root), ".env", root.resolveSibling("spool"), Clock.systemUTC());
            return look.condition().condition().name();
        } catch (ProblemException e) {
            return "no look";
        }
    }
}
