package io.everstate.state.simulation;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.fold.ReadableFold;
import io.everstate.state.log.LogTopic;
import io.everstate.state.log.RecordMark;
import io.everstate.state.projection.SimulatedReplica;
import io.everstate.state.simulation.Failpoints.ProcessDiedException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/** A replica with its process: begins anew when its membership ended, and forgets all when it dies. */
final class Member implements SimulatedReplica.Surroundings {
    private final int number;
    private final SimulatedLog log;
    private final Group group;
    private final Reader reader;
    private final FoldStore store;
    private final Clock clock;
    private @Nullable SimulatedReplica replica;
    private Random random = new Random(0);
    private boolean answersAtOnce;
    /** Whether it knows what the group thinks of it. */
    private boolean aware = true;

    Member(int number, SimulatedLog log, Group group, Reader reader, FoldStore store, Clock clock) {
        this.number = number;
        this.log = log;
        this.group = group;
        this.reader = reader;
        this.store = store;
        this.clock = clock;
    }

    /** What a step came to. */
    enum Step {
        DONE,
        /** Somebody else had moved a partition. */
        LOST,
        DIED
    }

    Step step() {
        if (replica == null) {
            aware = true;
            replica = new SimulatedReplica(this, store, clock);
        }
        try {
            replica.step();
            return Step.DONE;
        } catch (PartitionLostException e) {
            end(true); // it waits for what it writes
            return Step.LOST;
        } catch (ProcessDiedException e) {
            die();
            return Step.DIED;
        }
    }

    /** What was on its way to the database reaches it or not. */
    void die() {
        end(random.nextBoolean());
    }

    private void end(boolean written) {
        var ended = replica;
        replica = null;
        if (ended != null) {
            ended.dies(written);
        }
    }

    /** The partition in its memory that has this bot; empty when none has. */
    Optional<ReadableFold> having(BotId bot) {
        return Optional.ofNullable(replica).flatMap(alive -> alive.folds().having(bot));
    }

    /** Whether it folds on while something is written. */
    boolean isWriting() {
        return replica != null && replica.isWriting();
    }

    /** Decides from now on how long the database takes. */
    void decides(Random now) {
        random = now;
    }

    /** From now on the database takes no time, or some. */
    void answersAtOnce(boolean atOnce) {
        answersAtOnce = atOnce;
    }

    @Override
    public boolean writesAtOnce() {
        return answersAtOnce || random.nextInt(3) == 0;
    }

    void tell() {
        aware = true;
    }

    void isTakenForDead() {
        aware = false;
    }

    /** Has partitions that the group gave to another. */
    boolean isZombie() {
        return !aware && replica != null && !replica.assigned().isEmpty();
    }

    /** Whether others must wait until it has let the partition go. */
    boolean holds(int partition) {
        return aware && replica != null && replica.assigned().contains(partition);
    }

    @Override
    public Optional<LogTopic> topic() {
        return Optional.of(log.topic());
    }

    @Override
    public Map<Integer, Long> ends() {
        return log.ends();
    }

    @Override
    public boolean holds(int partition, RecordMark record) {
        var records = log.partition(partition).records();
        return record.offset() < records.size()
                && RecordMark.of(records.get((int) record.offset())).equals(record);
    }

    @Override
    public Set<Integer> assigned() {
        return aware || replica == null ? group.assigned(number) : replica.assigned();
    }

    @Override
    public ConsumerRecords<String, byte[]> fetch(Map<Integer, Long> positions) {
        return reader.fetch(positions);
    }
}
