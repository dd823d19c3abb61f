package io.everstate.state.parking;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.DecodedRecord;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.fold.ParkedPlace;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.Refold;
import io.everstate.state.fold.StoredHeaders;
import io.everstate.state.log.EventLog;
import io.everstate.state.log.LogTopic;
import io.everstate.state.log.PartitionLog;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Takes bots up again whose records this version understands: folds their records anew, and keeps what comes of it in one transaction,
 * during which nobody moves the partition. Where this version understands no more than the one that parked them, nothing changes.
 */
@Singleton
public final class Resumptions {
    private static final Logger LOG = Logger.getLogger(Resumptions.class);
    private static final int PIECE = 5_000;

    private final FoldStore store;
    private final EventLog log;
    private final PartitionLog records;
    private final RecordCodec codec;

    Resumptions(FoldStore store, EventLog log, PartitionLog records, RecordCodec codec) {
        this.store = store;
        this.log = log;
        this.records = records;
        this.codec = codec;
    }

    /**
     * @param wanted which of the partition's parked bots
     * @return those that are followed further than before, also one that is parked at a later record now
     * @throws ProblemException UNAVAILABLE when the log or the database does not answer, CONFLICT when the fold went on with them meanwhile
     */
    List<BotId> resume(int partition, Predicate<ParkedBot> wanted) {
        var position =
                store.find(partition).filter(known -> known.anew() == null).filter(this::isOfThePresentTopic);
        if (position.isEmpty()) {
            return List.of();
        }
        var understood = position.get().parked().stream()
                .filter(wanted)
                .filter(bot -> !bot.isLost())
                .filter(bot -> understands(partition, bot))
                .toList();
        if (!understood.isEmpty()) {
            refold(partition, position.get(), understood);
        }
        return understood.stream().map(ParkedBot::bot).toList();
    }

    private boolean isOfThePresentTopic(PartitionPosition position) {
        return log.find().map(LogTopic::id).filter(position.topicId()::equals).isPresent();
    }

    private boolean understands(int partition, ParkedBot bot) {
        var offset = bot.parking().offset();
        var found = new ArrayList<DecodedRecord>();
        records.read(
                partition,
                offset,
                offset + 1,
                stored -> found.add(codec.read(StoredHeaders.of(stored), stored.value())));
        return found.stream().anyMatch(Known.class::isInstance);
    }

    private void refold(int partition, PartitionPosition position, List<ParkedBot> bots) {
        var refold = new Refold(partition, position, bots, codec);
        // most of it while the partition goes on; the rest, which is little, while it stands
        fold(partition, refold, position.nextOffset());
        var kept = store.resume(partition, place -> rest(partition, refold, bots, position.revision(), place));
        if (!kept) {
            throw new ProblemException(ProblemType.CONFLICT, "the log went on with these bots meanwhile; look again");
        }
        bots.forEach(bot -> LOG.infof(
                "bot %s is taken up again from its record at offset %d of partition %d on",
                bot.bot(), bot.parking().offset(), partition));
    }

    private Optional<FoldedBatch> rest(
            int partition, Refold refold, List<ParkedBot> bots, long revision, ParkedPlace place) {
        if (!place.has(bots, revision)) {
            return Optional.empty();
        }
        fold(partition, refold, place.nextOffset());
        return Optional.of(refold.result(place));
    }

    private void fold(int partition, Refold refold, long to) {
        for (var piece = piece(partition, refold.next(), to);
                !piece.isEmpty();
                piece = piece(partition, refold.next(), to)) {
            refold.fold(piece);
        }
    }

    /** Not the whole way at once: it may be longer than one look at the past may take, or than memory has room for. */
    private List<ConsumerRecord<byte[], byte[]>> piece(int partition, long from, long to) {
        var piece = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        records.read(partition, from, to, stored -> {
            piece.add(stored);
            return piece.size() < PIECE;
        });
        return piece;
    }
}
