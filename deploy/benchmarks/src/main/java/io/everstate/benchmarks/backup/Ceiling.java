package io.everstate.benchmarks.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Random;

/** How fast the storage takes and gives one large object: nothing that is stored there can be faster. */
final class Ceiling {

    private static final int BYTES = 256 << 20;
    private static final double MEGABYTE = 1e6;
    private static final String OBJECT = "ceiling";

    private final Bucket bucket;
    private final byte[] content = new byte[BYTES];

    Ceiling(Bucket bucket) {
        this.bucket = bucket;
        new Random(1).nextBytes(content);
    }

    void print(PrintStream out) throws InterruptedException {
        double put = Stopwatch.seconds(() -> bucket.put(OBJECT, BodyPublishers.ofByteArray(content)));
        double get = Stopwatch.seconds(() -> {
            try {
                bucket.get(OBJECT, OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        out.printf(
                Locale.ROOT,
                "limit: one object of %.0f MB is put at %.0f MB/s and got at %.0f MB/s%n",
                BYTES / MEGABYTE,
                BYTES / MEGABYTE / put,
                BYTES / MEGABYTE / get);
    }
}
