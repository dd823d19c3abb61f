package io.everstate.bot.ownership;

import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Ownerships on a log in memory: what is appended is read back at once, unless the test holds or fails it. */
public final class LoopbackLog implements EventLog {
    public static final int PARTITION = 0;
    /** More commands of a bot than can be on their way and wait together. */
    private static final int CROWD = 100;

    private final Clock clock;
    private final Ownerships ownerships;
    private final List<LogRecord> records = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private boolean holding;
    private boolean failing;
    private int failingEvents;

    private record Held(int partition, LogRecord entry) {}

    /** Of one partition. */
    public LoopbackLog(OwnershipListener listener, Clock clock) {
        this(listener, clock, 1);
    }

    public LoopbackLog(OwnershipListener listener, Clock clock, int partitions) {
        this.clock = clock;
        var configuration = SampleConfiguration.of(
                OwnershipConfiguration.class, Map.of("everstate.ownership.partitions", String.valueOf(partitions)));
        this.ownerships = new Ownerships(configuration, new Replica("/here", "http://here"), this, listener, clock);
    }

    public Ownerships ownerships() {
        return ownerships;
    }

    /** The group gives the partition of these bots to this replica, which claims it. */
    public void assign(BotState... known) {
        var partition = known.length == 0 ? PARTITION : ownerships.partitionOf(known[0].id());
        ownerships.assigned(partition, new PartitionFold(1, List.of(known)), 0, 0);
        ownerships.caughtUp(partition);
    }

    /** As {@link #assign}, from another process that let the partition go. */
    public void handOver(BotState... known) {
        handOverOwing(List.of(), known);
    }

    /** The same, from one that had not said what becomes of some bots. */
    public void handOverOwing(List<BotId> owed, BotState... known) {
        ownerships.assigned(PARTITION, new PartitionFold(50, List.of(known)), 0, 0);
        var now = clock.instant();
        read(
                PARTITION,
                new OwnershipReleased(TimeOrderedUuid.at(now), now, "/elsewhere", 51, "http://elsewhere", 0, owed));
        ownerships.caughtUp(PARTITION);
    }

    /** Assigned and read from its start, as by a process of its own. */
    public void replay(LoopbackLog other) {
        replay(other.records());
    }

    /** The same, of a log that had these records when its owner was lost. */
    public void replay(List<LogRecord> known) {
        ownerships.assigned(PARTITION, new PartitionFold(1, List.of()), 0, 0);
        known.forEach(entry -> read(PARTITION, entry));
        ownerships.caughtUp(PARTITION);
    }

    public void claimAgain() {
        ownerships.caughtUp(PARTITION);
    }

    /** The next event fails, the claim before it does not. */
    public synchronized void failNextEvent() {
        failingEvents++;
    }

    public void surrender() {
        ownerships.surrender(PARTITION, "moved");
    }

    public void claimElsewhere(long epoch) {
        var now = clock.instant();
        read(PARTITION, new OwnershipClaimed(TimeOrderedUuid.at(now), now, "/elsewhere", epoch, "http://elsewhere"));
    }

    /** From now on no event comes back. */
    public synchronized void hold() {
        holding = true;
    }

    /** As {@link #hold}, and so many commands of this bot wait that no other finds room. */
    public void crowd(BotId bot) {
        hold();
        for (var i = 0; i < CROWD; i++) {
            var _ = ownerships.submit(bot, new TakeCheckpoint("crowd", folded -> folded), null, Duration.ofHours(1));
        }
    }

    public int heldCheckpoints() {
        return held(CheckpointTaken.class);
    }

    public synchronized int held(Class<? extends BotEvent> type) {
        return Math.toIntExact(held.stream()
                .filter(one -> one.entry() instanceof BotEventRecorded event && type.isInstance(event.event()))
                .count());
    }

    /** Lets everything come back. */
    public void release() {
        List<Held> waiting;
        synchronized (this) {
            holding = false;
            waiting = List.copyOf(held);
            held.clear();
        }
        waiting.forEach(one -> read(one.partition(), one.entry()));
    }

    /** Whether the log takes anything. */
    public synchronized void fail(boolean fails) {
        failing = fails;
    }

    @Override
    public CompletionStage<Void> append(int partition, LogRecord entry) {
        synchronized (this) {
            if (failing || (entry instanceof BotEventRecorded && failingEvents > 0 && failingEvents-- > 0)) {
                return CompletableFuture.failedFuture(new IOException("no broker"));
            }
            if (holding && entry instanceof BotEventRecorded) {
                held.add(new Held(partition, entry));
                return CompletableFuture.completedFuture(null);
            }
        }
        read(partition, entry);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void setAside(DeadLetter letter) {
        throw new UnsupportedOperationException("nothing foreign comes here");
    }

    private void read(int partition, LogRecord entry) {
        long offset;
        synchronized (this) {
            offset = records.size();
            records.add(entry);
        }
        ownerships.read(partition, entry, offset);
    }

    public synchronized List<LogRecord> records() {
        return List.copyOf(records);
    }

    public List<Fill> fills() {
        return events(BotEvent.class).stream()
                .flatMap(event -> event.fills().stream())
                .toList();
    }

    public <T extends BotEvent> List<T> events(Class<T> type) {
        return recorded()
                .map(BotEventRecorded::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The events with what stands around them. */
    public Stream<BotEventRecorded> recorded() {
        return records().stream().filter(BotEventRecorded.class::isInstance).map(BotEventRecorded.class::cast);
    }
}
