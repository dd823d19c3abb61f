package io.everstate.state.restore;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.contracts.backup.SegmentView;
import io.everstate.contracts.backup.SegmentView.Status;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.state.BotServiceStand;
import io.everstate.state.BotServiceStand.Asked;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Stands where backup-service would, with the segments of partition 0 that a test gives it: those of the topic that was archived last can be spoiled. */
final class SegmentStand implements AutoCloseable {
    private static final Pattern FROM = Pattern.compile("topicId=([^&]+)&partition=0&from=(\\d+)&limit=(\\d+)");
    private static final Pattern CONTENT = Pattern.compile("/api/v1/segments/([^/]+)/0/(\\d+)/content");
    private static final String PARTITIONS = "/api/v1/segment-partitions";

    /**
     * What is archived of a topic.
     *
     * @param divergence null when it did not
     */
    private record Archived(
            String topic,
            TreeMap<Long, SegmentView> segments,
            Map<Long, byte[]> contents,
            @Nullable String divergence) {}

    /** By topic id, in the order in which they came. */
    private final Map<String, Archived> topics = new LinkedHashMap<>();

    private TreeMap<Long, SegmentView> segments = new TreeMap<>();
    private Map<Long, byte[]> contents = new HashMap<>();
    private final BotServiceStand stand = new BotServiceStand(this::refusal).saying(this::answer);
    private volatile boolean away;
    private volatile CountDownLatch more = new CountDownLatch(0);
    private volatile boolean holding;

    URI url() {
        return stand.url();
    }

    void goAway() {
        away = true;
    }

    /** No content of a segment is given out until then. */
    void holdBackUntil(CountDownLatch then) {
        more = then;
    }

    boolean isHoldingBack() {
        return holding;
    }

    private void holdBack() {
        holding = true;
        try {
            more.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the log holds now, so many records a segment. */
    SegmentStand archive(TestLog log, int each) {
        segments = new TreeMap<>();
        contents = new HashMap<>();
        topics.put(log.topicId(), new Archived(log.topic(), segments, contents, null));
        var records = log.records(0);
        for (int from = 0; from < records.size(); from += each) {
            add(log.topicId(), records.subList(from, Math.min(records.size(), from + each)));
        }
        return this;
    }

    private void add(String topicId, List<ConsumerRecord<String, byte[]>> records) {
        var first = records.getFirst().offset();
        var view = new SegmentView(
                topicId,
                0,
                first,
                records.getLast().offset(),
                Status.STORED,
                records.size(),
                null,
                null,
                null,
                null,
                null);
        segments.put(first, view);
        contents.put(first, batches(records));
    }

    private static byte[] batches(List<ConsumerRecord<String, byte[]>> records) {
        try (var builder = MemoryRecords.builder(
                ByteBuffer.allocate(1 << 20),
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.NONE,
                TimestampType.CREATE_TIME,
                records.getFirst().offset())) {
            for (var one : records) {
                builder.appendWithOffset(
                        one.offset(),
                        one.timestamp(),
                        one.key().getBytes(StandardCharsets.UTF_8),
                        one.value(),
                        one.headers().toArray());
            }
            var buffer = builder.build().buffer();
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }

    /** The second one, as it would be had it never been archived. */
    void loseTheSecond() {
        var view = requireNonNull(segments.get(second()));
        segments.put(
                second(),
                new SegmentView(
                        view.topicId(),
                        0,
                        view.firstOffset(),
                        view.lastOffset(),
                        Status.LOST,
                        view.records(),
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    /** As if the second one were joined with the next behind their list: by the name of each the records of both are given. */
    void joinTheSecondBehindTheList() {
        var both = new ByteArrayOutputStream();
        var next = requireNonNull(segments.higherKey(second()));
        both.writeBytes(requireNonNull(contents.get(second())));
        both.writeBytes(requireNonNull(contents.get(next)));
        contents.put(second(), both.toByteArray());
        contents.put(next, both.toByteArray());
    }

    /** As if the rest had not been archived yet. */
    void leaveOutTheNewest() {
        segments.pollLastEntry();
    }

    void leaveOutTheSecond() {
        segments.remove(second());
    }

    void damageTheSecond() {
        var content = requireNonNull(contents.get(second()));
        content[content.length - 1] ^= 1;
    }

    /** As if each log had lost its end and grown again. */
    void diverge() {
        topics.replaceAll((_, one) ->
                new Archived(one.topic(), one.segments(), one.contents(), "another record stands at offset 7"));
    }

    /** The first offsets of the segments of a topic whose contents were asked for, one by one. */
    List<Long> asked(String topicId) {
        return stand.asked().stream()
                .map(asked -> CONTENT.matcher(asked.path()))
                .filter(content -> content.matches() && content.group(1).equals(topicId))
                .map(content -> Long.parseLong(content.group(2)))
                .toList();
    }

    /** How often it was asked which topics there are. */
    long listed() {
        return stand.asked().stream()
                .filter(asked -> asked.path().equals(PARTITIONS))
                .count();
    }

    private long second() {
        return requireNonNull(segments.higherKey(segments.firstKey()));
    }

    private @Nullable Problem refusal(Asked asked) {
        if (away) {
            return BotServiceStand.refused(ProblemType.UNAVAILABLE, "the storage does not answer");
        }
        var content = CONTENT.matcher(asked.path());
        return content.matches() && !isHeld(content)
                ? BotServiceStand.refused(ProblemType.NOT_FOUND, "there is no such segment")
                : null;
    }

    private boolean isHeld(Matcher content) {
        var one = topics.get(content.group(1));
        return one != null && one.segments().containsKey(Long.parseLong(content.group(2)));
    }

    private byte[] answer(Asked asked) {
        var content = CONTENT.matcher(asked.path());
        if (content.matches()) {
            holdBack();
            return requireNonNull(
                    requireNonNull(topics.get(content.group(1))).contents().get(Long.parseLong(content.group(2))));
        }
        if (asked.path().equals(PARTITIONS)) {
            return TestJson.format().write(partitions());
        }
        var from = FROM.matcher(String.valueOf(asked.query()));
        if (!from.matches()) {
            return new byte[] {'{', '}'};
        }
        var views = Optional.ofNullable(topics.get(from.group(1))).stream()
                .flatMap(one -> one.segments().values().stream())
                .filter(view -> view.lastOffset() >= Long.parseLong(from.group(2)))
                .toList();
        // pages are as small as can be: who reads has to ask again
        return TestJson.format().write(new Page<>(views.subList(0, Math.min(1, views.size())), null));
    }

    private List<SegmentPartitionView> partitions() {
        return topics.entrySet().stream()
                .map(one -> new SegmentPartitionView(
                        one.getValue().topic(),
                        one.getKey(),
                        0,
                        one.getValue().segments().lastEntry().getValue().lastOffset() + 1,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        one.getValue().divergence(),
                        null))
                .toList();
    }

    @Override
    public void close() {
        stand.close();
    }
}
