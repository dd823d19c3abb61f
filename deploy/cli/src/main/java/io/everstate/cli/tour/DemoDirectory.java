package io.everstate.cli.tour;

import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The suite of a tour and its directory. However the tour ends, by Ctrl-C too, nothing is left running; the directory stays only if
 * that was wanted or something went wrong.
 */
final class DemoDirectory implements AutoCloseable {

    private enum End {
        INTERRUPTED,
        FAILED,
        SUCCEEDED
    }

    private final DataDirectory data;
    private final Suite suite;
    private final boolean keep;
    private End end = End.FAILED;
    private boolean closed;

    DemoDirectory(DataDirectory data, Suite suite, boolean keep) {
        this.data = data;
        this.suite = suite;
        this.keep = keep;
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "stop"));
    }

    synchronized void finished(boolean success) {
        end = success ? End.SUCCEEDED : End.FAILED;
    }

    private synchronized void interrupted() {
        if (!closed) {
            end = End.INTERRUPTED;
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        suite.close();
        if (keep || end == End.FAILED) {
            System.out.println("The tour's data, logs included, is in " + data.root());
        } else {
            delete(data.root());
        }
    }

    private static void delete(Path root) {
        try (Stream<Path> walk = Files.walk(root)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(root + " cannot be removed", e);
        }
    }
}
