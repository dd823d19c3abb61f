package io.everstate.bot.ownership;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.RecordFill;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One partition, some replicas, a log and a network, all in one thread and all decided by one seed: records are delayed, lost with an error,
 * delivered after an error, delivered twice; the group moves the partition and tells the old owner late or never; readers lag behind. Every
 * command is a trade with a number of its own, so that the log tells afterwards which of them happened, and how often.
 */
final class Simulation {
    /** What is taken away from the protocol, to see that the simulation notices. */
    enum Fault {
        NONE,
        /** Readers take every event for one of the present epoch. */
        NO_EPOCH_RULE,
        /** Readers take every event for the next one of its bot. */
        NO_SEQUENCE_RULE,
        /** A caller is answered when the log took the event, before it was read back. */
        NO_READ_BACK
    }

    private static final int REPLICAS = 3;
    private static final int STEPS = 400;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final BotId BOT = new BotId(new UUID(0x7000L, 0x8000_0000_0000_0000L));

    private final Random random;
    private final Fault fault;
    private final SteppingClock clock = new SteppingClock();
    private final List<LogRecord> log = new ArrayList<>();
    private final List<Sent> network = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Long, Answer> answers = new HashMap<>();
    private long nextTrade;

    private enum Answer {
        ACKNOWLEDGED,
        REFUSED,
        UNKNOWN
    }

    /** A record on its way to the log. */
    private record Sent(LogRecord entry, CompletableFuture<Void> confirmation) {}

    Simulation(long seed, Fault fault) {
        this.random = new Random(seed);
        this.fault = fault;
        for (var i = 0; i < REPLICAS; i++) {
            nodes.add(new Node("replica-" + i));
        }
    }

    /** Runs to the end and tells every broken promise; empty when all were kept. */
    List<String> run() {
        assign(nodes.getFirst());
        for (var step = 0; step < STEPS; step++) {
            clock.now = clock.now.plusMillis(random.nextInt(40));
            switch (random.nextInt(20)) {
                case 0 -> assign(nodes.get(random.nextInt(REPLICAS)));
                case 1 -> tellLosses();
                case 2, 3, 4, 5, 6 -> nodes.get(random.nextInt(REPLICAS)).command();
                case 7, 8, 9, 10, 11 -> deliver();
                default -> nodes.get(random.nextInt(REPLICAS)).read(1 + random.nextInt(3));
            }
        }
        settle();
        return brokenPromises();
    }

    /** How many trades were acknowledged: a run that did nothing proves nothing. */
    long acknowledged() {
        return answers.values().stream().filter(Answer.ACKNOWLEDGED::equals).count();
    }

    private void settle() {
        while (!network.isEmpty()) {
            deliver();
        }
        nodes.forEach(node -> node.read(Integer.MAX_VALUE));
    }

    /** The group gives the partition to a node; the one that had it may go on believing for a while. */
    private void assign(Node node) {
        if (!node.assigned()) {
            node.ownership = node.freshOwnership();
            node.offset = 0;
        }
    }

    private void tellLosses() {
        var node = nodes.get(random.nextInt(REPLICAS));
        if (node.ownership != null) {
            node.ownership.surrender("the group moved the partition");
            node.ownership = null;
        }
    }

    private void deliver() {
        if (network.isEmpty()) {
            return;
        }
        var sent = network.remove(random.nextInt(network.size()));
        switch (random.nextInt(12)) {
            case 0 -> sent.confirmation().completeExceptionally(new IOException("lost"));
            case 1 -> {
                // the sender is told of an error, and the record arrives all the same, later
                network.add(new Sent(sent.entry(), new CompletableFuture<>()));
                sent.confirmation().completeExceptionally(new IOException("timed out"));
            }
            case 2 -> {
                log.add(sent.entry());
                network.add(new Sent(sent.entry(), new CompletableFuture<>()));
                sent.confirmation().complete(null);
            }
            default -> {
                log.add(sent.entry());
                sent.confirmation().complete(null);
            }
        }
    }

    /** The record as readers with a missing rule see it. */
    private LogRecord seen(LogRecord entry, long epoch, @Nullable BotState state) {
        if (!(entry instanceof BotEventRecorded event)) {
            return entry;
        }
        var next = (state == null ? 0 : state.sequence()) + 1;
        return switch (fault) {
            case NO_EPOCH_RULE -> copy(event, epoch, event.sequence());
            case NO_SEQUENCE_RULE -> copy(event, event.epoch(), next);
            case NONE, NO_READ_BACK -> entry;
        };
    }

    private static BotEventRecorded copy(BotEventRecorded event, long epoch, long sequence) {
        return new BotEventRecorded(
                event.id(),
                event.time(),
                event.source(),
                epoch,
                event.bot(),
                sequence,
                event.idempotencyKey(),
                event.traceparent(),
                event.event());
    }

    private List<String> brokenPromises() {
        var counted = new HashMap<Long, Integer>();
        var fold = new PartitionFold();
        for (var entry : log) {
            var state = fold.find(BOT).orElse(null);
            var seen = seen(entry, fold.epoch(), state);
            if (fold.apply(seen) instanceof Applied
                    && seen instanceof BotEventRecorded event
                    && event.event() instanceof TradeExecuted(var fill)) {
                counted.merge(fill.feedPosition(), 1, Integer::sum);
            }
        }
        var broken = new ArrayList<String>();
        answers.forEach((trade, answer) -> {
            var times = counted.getOrDefault(trade, 0);
            if (times > 1) {
                broken.add("trade " + trade + " counts " + times + " times");
            }
            if (answer == Answer.ACKNOWLEDGED && times == 0) {
                broken.add("trade " + trade + " was acknowledged and is lost");
            }
            if (answer == Answer.REFUSED && times > 0) {
                broken.add("trade " + trade + " was refused and happened");
            }
        });
        for (var node : nodes) {
            if (node.ownership != null && !node.ownership.find(BOT).equals(fold.find(BOT))) {
                broken.add(node.name + " folded another state");
            }
        }
        return broken;
    }

    /** One replica. */
    private final class Node implements EventLog, OwnershipListener {
        private final String name;
        private final Set<Long> open = new HashSet<>();
        private @Nullable PartitionOwnership ownership;
        private int offset;

        Node(String name) {
            this.name = name;
        }

        boolean assigned() {
            return ownership != null;
        }

        PartitionOwnership freshOwnership() {
            var replica = new Replica("/" + name, "http://" + name);
            var assignment = new Assignment(0, new PartitionFold(), Assignment.NEVER_OWNED);
            return new PartitionOwnership(assignment, replica, this, this, clock, Duration.ofSeconds(1));
        }

        void read(int most) {
            var reading = ownership;
            if (reading == null) {
                return;
            }
            for (var i = 0; i < most && offset < log.size(); i++) {
                var entry = log.get(offset++);
                reading.read(seen(entry, reading.epoch(), reading.find(BOT).orElse(null)));
            }
            if (offset == log.size()) {
                reading.caughtUp();
            }
        }

        void command() {
            var owner = ownership;
            if (owner == null || !owner.owning()) {
                return;
            }
            var state = owner.find(BOT);
            if (state.isEmpty()) {
                submit(owner, new CreateBot(configuration()), null);
            } else if (!state.get().running()) {
                submit(owner, new StartBot(), null);
            } else {
                var trade = nextTrade++;
                open.add(trade);
                submit(owner, new RecordFill(fill(trade)), trade);
            }
        }

        private void submit(PartitionOwnership owner, BotCommand command, @Nullable Long trade) {
            var outcome = new CompletableFuture<CommandResult>();
            if (trade != null) {
                var _ = outcome.whenComplete((_, failure) -> answer(trade, failure));
            }
            owner.submit(new Submission(BOT, command, null, clock.instant().plusSeconds(5), outcome));
        }

        private void answer(long trade, @Nullable Throwable failure) {
            if (open.remove(trade)) {
                answers.put(trade, failure == null ? Answer.ACKNOWLEDGED : answerOf(failure));
            }
        }

        @Override
        public CompletionStage<Void> append(int partition, LogRecord entry) {
            var confirmation = new CompletableFuture<Void>();
            if (fault == Fault.NO_READ_BACK
                    && entry instanceof BotEventRecorded event
                    && event.event() instanceof TradeExecuted(var fill)) {
                var _ = confirmation.thenRun(() -> answer(fill.feedPosition(), null));
            }
            network.add(new Sent(entry, confirmation));
            return confirmation;
        }

        @Override
        public void owned(int partition, long epoch, List<BotState> bots, boolean continued) {}

        @Override
        public void applied(int partition, BotState state) {}

        @Override
        public void skipped(int partition, SkipReason reason) {}

        @Override
        public void lost(int partition, String why) {}
    }

    private static Answer answerOf(Throwable failure) {
        var unknown = failure instanceof ProblemException problem && problem.type() == ProblemType.OUTCOME_UNKNOWN;
        return unknown ? Answer.UNKNOWN : Answer.REFUSED;
    }

    private static BotConfiguration configuration() {
        return new BotConfiguration(
                "simulated",
                "none",
                List.of("BTC/USD"),
                Amount.of(1_000_000),
                Amount.ZERO,
                Map.of(),
                RestartPolicy.RESUME,
                null);
    }

    private static Fill fill(long number) {
        return new Fill("BTC/USD", Side.BUY, Amount.of("0.001"), Amount.of(1), Amount.ZERO, START, number);
    }

    private static final class SteppingClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("one zone is enough here");
        }
    }
}
