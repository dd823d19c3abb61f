package io.everstate.backup.workspace;

import io.everstate.backup.workspace.FileAttributes.FileType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads a file so that what comes out was in the file at one moment. A read counts when nothing was written to the file from before it
 * until after it; else it is repeated, and the last try is marked. To see every write, a read does not begin within one tick of the
 * file system's clock after the last write that was seen before it.
 */
public final class StableCopy {
    private static final int TRIES = 5;
    private static final int BUFFER = 1 << 16;

    private final Tick tick;
    private final Source source;

    /** How the bytes are reached; tests write to the file in between. */
    @FunctionalInterface
    interface Source {
        InputStream open(Path path) throws IOException;
    }

    public StableCopy(Clock clock) {
        this(clock, StableCopy::openWithoutFollowing);
    }

    StableCopy(Clock clock, Source source) {
        this.tick = new Tick(clock);
        this.source = source;
    }

    /** @param torn whether the file was written to during every try, so that the bytes may be of several moments */
    public record Copied(FileAttributes attributes, boolean torn) {}

    /** Copies into {@code spool}, which holds the bytes of the last try afterwards. */
    public Copied copy(Path path, Spool spool) throws IOException {
        try (var _ = FileTurn.of(path)) {
            return copyInTurn(path, spool);
        }
    }

    private Copied copyInTurn(Path path, Spool spool) throws IOException {
        for (var attempt = 1; ; attempt++) {
            var before = FileAttributes.of(path);
            if (before.type() != FileType.FILE) {
                throw new NotAFileException(path);
            }
            tick.pass(before.changedAt());
            spool.reset();
            try (var input = source.open(path)) {
                copy(input, spool, before.size());
            }
            var stable = before.sameContentNow(path) && spool.size() == before.size();
            if (stable || attempt == TRIES) {
                return new Copied(before, !stable);
            }
        }
    }

    /** Not beyond the size it had: whoever follows a file that grows as fast as it is read never comes to its end. */
    private static void copy(InputStream input, Spool spool, long size) throws IOException {
        var buffer = new byte[BUFFER];
        for (var left = size; left > 0; ) {
            var count = input.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                return;
            }
            spool.write(buffer, 0, count);
            left -= count;
        }
    }

    private static InputStream openWithoutFollowing(Path path) throws IOException {
        return Channels.newInputStream(
                Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    /** One tick of a file system's clock: within it a second write leaves no trace. */
    public record Tick(Clock clock) {
        private static final Duration LENGTH = Duration.ofMillis(20);

        /** Returns when a write from now on can be told from the last one. */
        public void pass(Instant lastWrite) throws IOException {
            var age = Duration.between(lastWrite, clock.instant());
            if (age.isNegative() || age.compareTo(LENGTH) > 0) {
                return;
            }
            try {
                new CountDownLatch(1).await(LENGTH.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
