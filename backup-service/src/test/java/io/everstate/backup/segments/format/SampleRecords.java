package io.everstate.backup.segments.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Records of all kinds: with and without key, value and headers, empty ones, headers twice and without a value, times that go back. */
final class SampleRecords {
    static final LogPartition PARTITION = new LogPartition("q3ZbH1b7RkWm0y8b2V5uXg", 3);

    private SampleRecords() {}

    static List<LoggedRecord> of(long seed, long firstOffset, int count) {
        var random = new Random(seed);
        var records = new ArrayList<LoggedRecord>();
        for (var i = 0; i < count; i++) {
            records.add(new LoggedRecord(
                    firstOffset + i,
                    1_790_000_000_000L + random.nextInt(100_000),
                    bytes(random, 40),
                    bytes(random, 900),
                    headers(random)));
        }
        return records;
    }

    static SegmentContent content(long seed, long firstOffset, int count) {
        return content(firstOffset, of(seed, firstOffset, count));
    }

    static SegmentContent content(long firstOffset, List<LoggedRecord> records) {
        var writer = new SegmentWriter(new SegmentOrigin("everstate.bot.events", 12, PARTITION), firstOffset);
        records.forEach(writer::append);
        return writer.finish();
    }

    private static @Nullable ByteBuffer bytes(Random random, int largest) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        var bytes = new byte[random.nextInt(largest)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static List<Header> headers(Random random) {
        var headers = new ArrayList<Header>();
        for (var i = random.nextInt(4); i > 0; i--) {
            headers.add(new RecordHeader("ce_type", "io.everstate.bot.tick.v1".getBytes(UTF_8)));
            headers.add(new RecordHeader("epoch", (byte[]) null));
        }
        return headers;
    }
}
