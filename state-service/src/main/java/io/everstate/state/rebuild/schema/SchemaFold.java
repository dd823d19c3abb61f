package io.everstate.state.rebuild.schema;

import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.log.PartitionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Folds the log into tables beside those that answer, one partition at a time: the states of one are in memory. Says nothing to anybody. */
final class SchemaFold {
    /** Bytes of records in memory: one record may be a document of a megabyte. */
    private static final long MOST_BYTES = 16L << 20;

    private final FoldStore store;
    private final PartitionLog log;
    private final RecordCodec codec;
    private final int maxRecords;

    SchemaFold(FoldStore store, PartitionLog log, RecordCodec codec, int maxRecords) {
        this.store = store;
        this.log = log;
        this.codec = codec;
        this.maxRecords = maxRecords;
    }

    /**
     * Folds a partition on, up to a place to which it was folded before.
     *
     * @param beat called between two batches; what it throws ends the fold there
     * @throws ProblemException CORRUPT when the log does not lead there, NOT_FOUND when it does not begin at its beginning any more,
     *     UNAVAILABLE when it does not answer
     */
    void foldTo(Place place, Runnable beat) {
        var position = store.load(place.partition(), place.topicId(), place.nextOffset());
        var projection = new PartitionProjection(place.partition(), position, codec);
        var next = position.nextOffset();
        while (next < place.nextOffset()) {
            beat.run();
            next = foldOn(projection, place, next);
        }
    }

    private long foldOn(PartitionProjection projection, Place place, long next) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var bytes = new AtomicLong();
        log.read(place.partition(), next, place.nextOffset(), stored -> {
            records.add(stored);
            return bytes.addAndGet(Math.max(0, stored.serializedValueSize())) < MOST_BYTES
                    && records.size() < maxRecords;
        });
        if (records.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CORRUPT,
                    "partition %d was folded up to offset %d, and the log has nothing from offset %d on"
                            .formatted(place.partition(), place.nextOffset(), next));
        }
        var batch = projection.fold(records);
        if (batch.moves()) {
            store.commit(List.of(batch.silent()));
        }
        if (batch.unreadable() != null) {
            throw new ProblemException(
                    ProblemType.CORRUPT,
                    "partition %d cannot be folded beyond a record, %s"
                            .formatted(place.partition(), batch.unreadable()));
        }
        return batch.end();
    }
}
