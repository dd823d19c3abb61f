package io.everstate.bot.ownership;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.BotPartitioner;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The partitions that the group gave to this replica, and the way for commands to the bots in them. Safe for many threads. */
public final class Ownerships {
    private final Map<Integer, PartitionOwnership> assigned = new ConcurrentSkipListMap<>();
    private final Map<Integer, String> blocked = new ConcurrentSkipListMap<>();
    /** Partitions of this replica whose state is being loaded. */
    private final Set<Integer> awaited = ConcurrentHashMap.newKeySet();
    /** Of the partitions that this process once owned. */
    private final Map<Integer, Past> pasts = new ConcurrentHashMap<>();

    private volatile String topicId = "";

    private final OwnershipConfiguration configuration;
    private final Replica replica;
    private final EventLog log;
    private final OwnershipListener listener;
    private final Clock clock;

    Ownerships(
            OwnershipConfiguration configuration,
            Replica replica,
            EventLog log,
            OwnershipListener listener,
            Clock clock) {
        this.configuration = configuration;
        this.replica = replica;
        this.log = log;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * A partition of this replica.
     *
     * @param parked bots in it that are not followed, with the record that is not understood
     */
    public record OwnedPartition(int partition, long epoch, int bots, Map<BotId, Parking> parked) {}

    /** What is remembered of another topic of the same name is of other records. */
    void readFrom(String topic) {
        if (!topic.equals(topicId)) {
            pasts.clear();
            topicId = topic;
        }
    }

    /** The partition's log lost its end: what this process had owned may be another's now. */
    void forget(int partition) {
        pasts.remove(partition);
    }

    /**
     * @param from where reading begins
     * @param stoodAt where the partition ended when this process came to it
     */
    void assigned(int partition, PartitionFold fold, long from, long stoodAt) {
        surrender(partition, "the partition was assigned anew");
        var pause = configuration.sessionTimeout().plusSeconds(1);
        var assignment = new Assignment(partition, fold, from, stoodAt, pasts.getOrDefault(partition, Past.NONE));
        assigned.put(partition, new PartitionOwnership(assignment, replica, log, listener, clock, pause));
    }

    /** The group gave it to this replica, which does not know yet from where to read it. */
    void awaits(int partition) {
        surrender(partition, "the partition was assigned anew");
        awaited.add(partition);
    }

    /** It is not known yet from where to read a partition that {@link #awaits} its state. */
    void hindered(int partition, String why) {
        blocked.put(partition, why);
    }

    void before(int partition, LogRecord entry, long offset) {
        var ownership = assigned.get(partition);
        if (ownership != null) {
            ownership.before(entry, offset);
        }
    }

    void read(int partition, LogRecord entry, long offset) {
        var ownership = assigned.get(partition);
        if (ownership != null) {
            ownership.read(entry, offset);
        }
    }

    void park(int partition, NotUnderstood entry, long offset) {
        var ownership = assigned.get(partition);
        if (ownership != null) {
            ownership.park(entry, offset);
        }
    }

    void foreign(int partition, DeadLetter letter) {
        var ownership = assigned.get(partition);
        if (ownership != null) {
            ownership.foreign(letter);
        }
    }

    void caughtUp(int partition) {
        var ownership = assigned.get(partition);
        if (ownership != null) {
            ownership.caughtUp();
        }
    }

    void surrender(int partition, String why) {
        var _ = taken(partition, ownership -> {
            ownership.surrender(why);
            return CompletableFuture.completedFuture(null);
        });
    }

    /** As {@link #surrender}, in good order; completes when the log has what there is to say to the next owner. */
    CompletionStage<Void> release(int partition, String why) {
        return taken(partition, ownership -> ownership.release(why));
    }

    private CompletionStage<Void> taken(int partition, Function<PartitionOwnership, CompletionStage<Void>> end) {
        blocked.remove(partition);
        awaited.remove(partition);
        var ownership = assigned.remove(partition);
        if (ownership == null) {
            return CompletableFuture.completedFuture(null);
        }
        var ended = end.apply(ownership);
        pasts.put(partition, ownership.past());
        return ended;
    }

    void surrenderAll(String why) {
        List.copyOf(assigned.keySet()).forEach(partition -> surrender(partition, why));
        blocked.clear();
        awaited.clear();
    }

    /** The partition stays assigned, but is not owned until a person helps. */
    void block(int partition, String why) {
        surrender(partition, why);
        blocked.put(partition, why);
    }

    /** Why partitions stand still, by partition; empty when all is well. */
    public Map<Integer, String> blocked() {
        return Map.copyOf(blocked);
    }

    public int partitionOf(BotId bot) {
        return BotPartitioner.partitionOf(bot, configuration.partitions());
    }

    /** Of the log that is read now. */
    public String topicId() {
        return topicId;
    }

    /** An ownership of this replica. */
    public KnownIn ownership(long epoch) {
        return new KnownIn(topicId, epoch, replica.source());
    }

    public boolean owns(BotId bot) {
        var ownership = assigned.get(partitionOf(bot));
        return ownership != null && ownership.owning();
    }

    /** Whether everything that the group assigned is owned. */
    public boolean settled() {
        return !assigned.isEmpty()
                && awaited.isEmpty()
                && assigned.values().stream().allMatch(PartitionOwnership::owning);
    }

    public List<OwnedPartition> owned() {
        return assigned.entrySet().stream()
                .flatMap(entry -> entry
                        .getValue()
                        .ownedBots()
                        .map(bots -> new OwnedPartition(
                                entry.getKey(),
                                entry.getValue().epoch(),
                                bots.size(),
                                entry.getValue().parked()))
                        .stream())
                .toList();
    }

    /** The bots of the owned partitions, by partition: one that is lost meanwhile is there with all its bots or not at all. */
    public Map<Integer, List<BotState>> botsByPartition() {
        var bots = new TreeMap<Integer, List<BotState>>();
        assigned.forEach((partition, ownership) -> ownership.ownedBots().ifPresent(all -> bots.put(partition, all)));
        return bots;
    }

    /** The bots of the owned partitions. */
    public List<BotState> bots() {
        return botsByPartition().values().stream().flatMap(List::stream).toList();
    }

    /** Bots of the owned partitions that are not followed any more. */
    public Map<BotId, Parking> parked() {
        var parked = new HashMap<BotId, Parking>();
        assigned.values().stream().filter(PartitionOwnership::owning).forEach(owned -> parked.putAll(owned.parked()));
        return parked;
    }

    /** The bot's present state; empty when this replica does not own it, or does not follow it beyond a record that it cannot read. */
    public Optional<BotState> followed(BotId bot) {
        var ownership = assigned.get(partitionOf(bot));
        return ownership == null ? Optional.empty() : ownership.followed(bot);
    }

    /**
     * Why a bot is not followed beyond its state; empty when it is.
     *
     * @throws NotOwnerException when another replica must be asked
     */
    public Optional<Parking> parking(BotId bot) {
        return ownershipOf(bot).parking(bot);
    }

    /** @throws NotOwnerException when another replica must be asked */
    public Optional<BotState> find(BotId bot) {
        return ownershipOf(bot).find(bot);
    }

    /**
     * Returns when the command counts. Takes at most the command deadline.
     *
     * @throws RefusedException when the bot's rules do not allow it
     * @throws NotOwnerException when another replica must be asked; nothing happened
     * @throws ProblemException OUTCOME_UNKNOWN when it may or may not have happened, UNAVAILABLE when it did not
     */
    public CommandResult execute(BotId bot, BotCommand command, @Nullable String idempotencyKey) {
        var deadline = configuration.commandDeadline();
        var outcome = submit(bot, command, idempotencyKey, deadline);
        try {
            return outcome.get(deadline.toMillis(), MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause(), idempotencyKey);
        } catch (TimeoutException e) {
            var why = "the event was not read back within %d ms".formatted(deadline.toMillis());
            throw new OutcomeUnknownException(why, idempotencyKey, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException("the service is stopping", idempotencyKey, e);
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause, @Nullable String idempotencyKey) {
        return switch (cause) {
            case ProblemException problem
            when problem.type() == ProblemType.OUTCOME_UNKNOWN ->
                new OutcomeUnknownException(problem.detail(), idempotencyKey, problem);
            case ProblemException problem -> problem;
            case null, default -> new IllegalStateException(cause);
        };
    }

    /** As {@link #execute}, but completes later; a command that waits longer than {@code patience} for its turn is not begun. */
    public CompletableFuture<CommandResult> submit(
            BotId bot, BotCommand command, @Nullable String idempotencyKey, Duration patience) {
        var submission =
                new Submission(bot, command, idempotencyKey, clock.instant().plus(patience), new CompletableFuture<>());
        ownershipOf(bot).submit(submission);
        return submission.outcome();
    }

    private PartitionOwnership ownershipOf(BotId bot) {
        var ownership = assigned.get(partitionOf(bot));
        if (ownership == null || !ownership.owning()) {
            throw new NotOwnerException("this replica does not own partition " + partitionOf(bot) + " now");
        }
        return ownership;
    }
}
