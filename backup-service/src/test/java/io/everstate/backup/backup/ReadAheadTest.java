package io.everstate.backup.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.SpoolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
    private static final int FILES = 20;

    @TempDir
    Path directory;

    private final List<String> packed = new ArrayList<>();

    /** Each is packed only when all that may be read before it is packed were read: nothing of that may have taken its place. */
    @Test
    void readsAheadAndKeepsWhatWasReadUntilItIsPacked() throws IOException {
        var read = new AtomicInteger();
        try (var ahead = new ReadAhead<Spool>(
                (path, spool) -> {
                    fill(path, spool);
                    read.incrementAndGet();
                    return spool;
                },
                directory)) {
            ahead.each(entries(FILES), spool -> {
                await().until(() -> read.get() == Math.min(FILES, packed.size() + ReadAhead.HELD));
                pack(spool);
            });
        }

        assertThat(ReadAhead.HELD).isGreaterThan(1);
        assertThat(packed)
                .isEqualTo(IntStream.range(0, FILES).mapToObj(Integer::toString).toList());
    }

    @Test
    void throwsWhatCannotBeReadWhenItsTurnComes() {
        var failure = new IOException("it cannot be read");
        try (var ahead = new ReadAhead<Spool>(
                (path, spool) -> {
                    if (path.equals("2")) {
                        throw failure;
                    }
                    return fill(path, spool);
                },
                directory)) {
            assertThatThrownBy(() -> ahead.each(entries(FILES), this::pack)).isSameAs(failure);
        }

        assertThat(packed).containsExactly("0", "1");
    }

    /** Who reads a database holds locks of it, and somebody else may open it next. */
    @Test
    void hasEndedWhatItReadWhenItIsClosed() {
        var begun = new CountDownLatch(1);
        var given = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        var failure = new IOException("the storage is away");
        try (var ahead = new ReadAhead<Spool>(
                (path, spool) -> {
                    if (path.equals("1")) {
                        begun.countDown();
                        await().until(() -> given.getCount() == 0);
                        spool.write(new byte[30 << 20]);
                        ended.set(true);
                    }
                    return spool;
                },
                directory)) {
            assertThatThrownBy(() -> ahead.each(entries(2), _ -> {
                        await().until(() -> begun.getCount() == 0);
                        given.countDown();
                        throw failure;
                    }))
                    .isSameAs(failure);
        }

        assertThat(ended).isTrue();
    }

    /** Who waits for it is told which directory has no room, as a problem that passes. */
    @Test
    void throwsWhatTheSpoolsDiskDoesAsItIs() throws IOException {
        var inTheWay = Files.writeString(directory.resolve("file"), "");
        try (var ahead = new ReadAhead<Spool>(
                (path, spool) -> {
                    spool.write(new byte[3 << 20]);
                    return spool;
                },
                inTheWay)) {
            assertThatThrownBy(() -> ahead.each(entries(1), this::pack)).isInstanceOf(SpoolException.class);
        }
    }

    /** A service that is told to stop waits for no read that does not end. */
    @Test
    void stopsReadingWhenItsThreadIsInterrupted() {
        var packing = Thread.currentThread();
        var stopped = new AtomicBoolean();
        try (var ahead = new ReadAhead<Spool>(
                (path, spool) -> {
                    packing.interrupt();
                    stopped.set(waitsUntilInterrupted());
                    return spool;
                },
                directory)) {
            assertThatThrownBy(() -> ahead.each(entries(2), this::pack)).isInstanceOf(IOException.class);
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped).isTrue();
    }

    private static boolean waitsUntilInterrupted() {
        try {
            return new CountDownLatch(1).await(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }

    private static Spool fill(String path, Spool spool) {
        spool.reset();
        spool.write(path.getBytes(UTF_8));
        return spool;
    }

    private void pack(Spool spool) throws IOException {
        try (var content = spool.open()) {
            packed.add(new String(content.readAllBytes(), UTF_8));
        }
    }

    private static List<Listing.Entry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Listing.Entry(Integer.toString(number), false, 0))
                .toList();
    }
}
