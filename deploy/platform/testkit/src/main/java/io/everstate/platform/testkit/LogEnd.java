package io.everstate.platform.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The end of a partition's log on a broker's disk, for tests that take it away: as a disk does that has not kept what it confirmed. */
public final class LogEnd {

    /** Of a batch: its first offset, how many bytes follow, and (behind epoch, format, checksum and attributes) how far its last offset is off. */
    private static final int HEADER = 27;

    private static final int LENGTH_AT = 8;
    private static final int FOLLOWING = 12;
    private static final int LAST_OFFSET_AT = 23;

    private LogEnd() {}

    /**
     * Cuts everything from this offset on, and with it the batch that holds it. The broker must have been killed: one that was stopped in good
     * order does not look at its files again.
     *
     * @param data the platform's directory
     */
    public static void cut(Path data, String topic, int partition, long offset) {
        Path directory = data.resolve("kafka").resolve(topic + "-" + partition);
        try {
            for (Path segment : segments(directory)) {
                cut(segment, offset);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the log in " + directory + " cannot be cut", e);
        }
    }

    private static List<Path> segments(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    private static void cut(Path segment, long offset) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long place = placeOf(file, offset);
            if (place == file.size()) {
                return;
            }
            file.truncate(place);
            file.force(true);
        }
        // made anew from the segment when they are missing
        for (String index : List.of(".index", ".timeindex", ".txnindex")) {
            Files.deleteIfExists(
                    segment.resolveSibling(segment.getFileName().toString().replace(".log", index)));
        }
    }

    private static long placeOf(FileChannel file, long offset) throws IOException {
        long place = 0;
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        while (file.read(header.clear(), place) == HEADER) {
            long last = header.getLong(0) + header.getInt(LAST_OFFSET_AT);
            if (last >= offset) {
                return place;
            }
            place += FOLLOWING + header.getInt(LENGTH_AT);
        }
        return file.size();
    }
}
