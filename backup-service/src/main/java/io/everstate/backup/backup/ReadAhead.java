package io.everstate.backup.backup;

import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Reads and digests the files that come next on a thread of its own, one after the other, while those that were read are packed. At most
 * {@link #HELD} are held at once, in memory or, if they are large, in a file each. Belongs to one thread.
 *
 * @param <T> what reading one gives
 */
final class ReadAhead<T> implements AutoCloseable {
    /** The one that is packed and those that come next. */
    static final int HELD = 3;

    private final Reader<T> reader;
    private final List<Spool> spools;
    private final Queue<Future<T>> underway = new ArrayDeque<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("read-ahead").factory());

    /** Is called by one thread alone, in the order of the entries. */
    @FunctionalInterface
    interface Reader<T> {
        /** @param spool is left alone until what is returned was packed */
        T read(String path, Spool spool) throws IOException;
    }

    @FunctionalInterface
    interface Packer<T> {
        void pack(T read) throws IOException;
    }

    ReadAhead(Reader<T> reader, Path spoolDirectory) {
        this.reader = reader;
        this.spools =
                Stream.generate(() -> new Spool(spoolDirectory)).limit(HELD).toList();
    }

    /** Gives each to {@code packer}, in their order; what reading one throws is thrown when it would have been given. */
    void each(Iterable<Listing.Entry> entries, Packer<T> packer) throws IOException {
        var begun = 0;
        for (var entry : entries) {
            if (underway.size() == HELD) {
                packer.pack(oldest());
            }
            var spool = spools.get(begun % HELD);
            begun++;
            underway.add(thread.submit(() -> reader.read(entry.path(), spool)));
        }
        while (!underway.isEmpty()) {
            packer.pack(oldest());
        }
    }

    private T oldest() throws IOException {
        try {
            return underway.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** What was not begun is not read any more; what is being read is waited for. */
    @Override
    public void close() {
        underway.forEach(read -> read.cancel(false));
        thread.close();
        spools.forEach(Spool::close);
    }
}
