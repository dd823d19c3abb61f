package io.everstate.state.archive;

import io.everstate.contracts.backup.SegmentView;
import io.everstate.contracts.backup.SegmentView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.log.ReadingTooLongException;
import io.everstate.state.log.RecordMark;
import io.everstate.state.peer.SegmentArchive;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One log: what of it is archived, and behind that what it still holds itself. The segment that was read last is kept, for who has seen that the
 * log holds a record reads on behind it. Not thread-safe.
 */
final class ArchivedLog implements ReadableLog {
    private final SegmentArchive archive;
    private final String topic;
    private final String topicId;
    private final Supplier<Optional<ReadableLog>> live;
    private final long end;
    private @Nullable Kept kept;

    private record Kept(SegmentView segment, List<ConsumerRecord<byte[], byte[]>> records) {}

    /**
     * @param live asked for when more is needed than is archived; empty when the log that is there now is another one
     * @param end as {@link System#nanoTime} counts: nothing is read any more
     */
    ArchivedLog(SegmentArchive archive, String topic, String topicId, Supplier<Optional<ReadableLog>> live, long end) {
        this.archive = archive;
        this.topic = topic;
        this.topicId = topicId;
        this.live = live;
        this.end = end;
    }

    @Override
    public void read(int partition, long from, long to, Reader reader) {
        var reading = new Reading(new TopicPartition(topic, partition), from, to, reader);
        while (reading.wantsMore()) {
            var segments = archive.from(topicId, partition, reading.next);
            if (!segments.stream()
                            .filter(one -> one.status() != Status.UPLOADING)
                            .allMatch(reading::read)
                    || segments.isEmpty()
                    || reading.next <= segments.getLast().lastOffset()) {
                break;
            }
        }
        if (reading.wantsMore()) {
            behind(reading, to, reader);
        }
    }

    private void behind(Reading reading, long to, Reader reader) {
        int partition = reading.partition.partition();
        long from = reading.next;
        var log = live.get().orElseThrow(() -> new LogBeginsLaterException(noSegment(partition, from), null));
        if (reading.last != null && !log.holds(partition, reading.last)) {
            throw new LogBeginsLaterException(
                    "partition %d of the log has another record at offset %d than was archived: it lost its end"
                            .formatted(partition, reading.last.offset()),
                    null);
        }
        try {
            log.read(partition, from, to, reader);
        } catch (LogBeginsLaterException e) {
            throw new LogBeginsLaterException(noSegment(partition, from) + ", and the log does not any more", e);
        }
    }

    private String noSegment(int partition, long offset) {
        return "no segment of partition %d of topic %s holds offset %d".formatted(partition, topicId, offset);
    }

    /** Where the record is not to be had nobody can tell, and it is believed. */
    @Override
    public boolean holds(int partition, RecordMark mark) {
        var found = new AtomicReference<@Nullable RecordMark>();
        try {
            read(partition, mark.offset(), mark.offset() + 1, stored -> {
                found.set(RecordMark.of(stored));
                return false;
            });
        } catch (LogBeginsLaterException _) {
            return true;
        }
        return mark.equals(found.get());
    }

    /** How far one reader has come. */
    private final class Reading {
        private final TopicPartition partition;
        private final long to;
        private final Reader reader;
        private long next;
        private boolean enough;
        private @Nullable RecordMark last;

        Reading(TopicPartition partition, long from, long to, Reader reader) {
            this.partition = partition;
            this.next = from;
            this.to = to;
            this.reader = reader;
        }

        /** @throws ReadingTooLongException for the archive may have any number of segments */
        boolean wantsMore() {
            if (enough || next >= to) {
                return false;
            }
            if (System.nanoTime() - end > 0) {
                throw new ReadingTooLongException(
                        "the archive of %s was not read up to offset %d in time".formatted(partition, to));
            }
            return true;
        }

        /** Returns whether it goes on behind this one; what was joined from smaller ones may stand beside them. */
        boolean read(SegmentView segment) {
            if (segment.lastOffset() < next) {
                return true;
            }
            if (segment.firstOffset() > next) {
                return false;
            }
            var records = records(segment);
            for (var stored : records) {
                if (stored.offset() >= next && wantsMore()) {
                    enough = stored.offset() >= to || !reader.read(stored);
                }
            }
            last = records.isEmpty() ? last : RecordMark.of(records.getLast());
            // one that was joined with others since it was listed gives theirs, too
            next = Math.max(segment.lastOffset(), last == null ? -1 : last.offset()) + 1;
            return wantsMore();
        }

        private List<ConsumerRecord<byte[], byte[]>> records(SegmentView segment) {
            var read = kept;
            if (read == null || !read.segment().equals(segment)) {
                read = new Kept(segment, RecordBatches.read(partition, content(segment)));
                kept = read;
            }
            return read.records();
        }

        private byte[] content(SegmentView segment) {
            if (segment.status() == Status.LOST) {
                throw new LogBeginsLaterException(
                        "offsets %d to %d of partition %d were lost before they were archived"
                                .formatted(segment.firstOffset(), segment.lastOffset(), segment.partition()),
                        null);
            }
            try {
                return archive.content(segment);
            } catch (ProblemException e) {
                if (e.type() == ProblemType.UNAVAILABLE) {
                    throw e;
                }
                throw new LogBeginsLaterException(e.detail(), e);
            }
        }
    }
}
