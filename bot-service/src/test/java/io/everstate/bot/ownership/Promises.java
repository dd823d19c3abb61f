package io.everstate.bot.ownership;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.RecordFill;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.SymbolState;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the callers of all replicas were told, and whether the log bears it out. A trade has a number, which is its key, and may be tried
 * again; each try is a fill of its own, so that the log tells which of them happened, and how often.
 */
final class Promises {
    static final BotId BOT = new BotId(new UUID(0x7000L, 0x8000_0000_0000_0000L));
    /** It does not trade. Who owns it may not come to say what becomes of it, as if it were parked there. */
    static final BotId NEGLECTED = new BotId(new UUID(0x7000L, 0x8000_0000_0000_0001L));

    static final List<BotId> BOTS = List.of(BOT, NEGLECTED);
    static final BotConfiguration CONFIGURATION = new BotConfiguration(
            "simulated",
            "none",
            List.of("BTC/USD"),
            Amount.of(1_000_000),
            Amount.ZERO,
            Map.of(),
            RestartPolicy.MANUAL,
            null);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** A repetition must come while its key is among the newest of the bot. */
    private static final int NEWEST = 60;

    private final Fault fault;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private int trades;
    private int deepest;
    private int continued;

    private final Handovers handovers;

    Promises(Fault fault, Handovers handovers) {
        this.fault = fault;
        this.handovers = handovers;
    }

    Handovers handovers() {
        return handovers;
    }

    Fault fault() {
        return fault;
    }

    enum Answer {
        ACKNOWLEDGED,
        REPEATED,
        REFUSED,
        UNKNOWN
    }

    /** One try of a command, and what its caller was told. */
    static final class Attempt {
        private final BotCommand command;
        private final @Nullable String key;
        private final int from;
        private @Nullable Answer answer;
        private @Nullable RefusedException refusal;

        /** @param from how much of the log its replica had read by then */
        Attempt(BotCommand command, @Nullable String key, int from) {
            this.command = command;
            this.key = key;
            this.from = from;
        }

        BotCommand command() {
            return command;
        }

        @Nullable
        String key() {
            return key;
        }

        private boolean isFill(Fill fill) {
            return command instanceof RecordFill(var own) && own.equals(fill);
        }
    }

    Attempt attempt(BotCommand command, @Nullable String key, int from) {
        var attempt = new Attempt(command, key, from);
        attempts.add(attempt);
        return attempt;
    }

    Attempt newTrade(int from) {
        return trade(trades++, from);
    }

    Attempt repeatedTrade(Random random, int from) {
        return trades == 0 ? newTrade(from) : trade(trades - 1 - random.nextInt(Math.min(trades, NEWEST)), from);
    }

    private Attempt trade(int number, int from) {
        var fill = new Fill(
                "BTC/USD",
                Side.BUY,
                Amount.of("0.001"),
                Amount.of(1),
                Amount.ZERO,
                START.plusSeconds(attempts.size()),
                number);
        return attempt(new RecordFill(fill), "trade-" + number, from);
    }

    /** The first answer is what the caller heard. */
    void answered(Attempt attempt, @Nullable Throwable failure) {
        if (attempt.answer == null) {
            attempt.answer = answerOf(failure);
            attempt.refusal = failure instanceof RefusedException refused ? refused : null;
        }
    }

    private static Answer answerOf(@Nullable Throwable failure) {
        if (failure == null) {
            return Answer.ACKNOWLEDGED;
        }
        var unknown = failure instanceof ProblemException problem && problem.type() == ProblemType.OUTCOME_UNKNOWN;
        return unknown ? Answer.UNKNOWN : Answer.REFUSED;
    }

    void acknowledgeUnread(BotEvent event) {
        if (event instanceof TradeExecuted(var fill, var _)) {
            attempts.stream().filter(attempt -> attempt.isFill(fill)).forEach(attempt -> answered(attempt, null));
        }
    }

    void sent(int inFlight) {
        deepest = Math.max(deepest, inFlight);
    }

    void continued(String owner, @Nullable String before) {
        continued++;
        if (!owner.equals(before)) {
            broken(owner + " was told to go on, but before it " + before + " was the owner");
        }
    }

    void broken(String promise) {
        broken.add(promise);
    }

    /** The record as readers with a missing rule see it. */
    LogRecord seen(LogRecord entry, PartitionFold fold) {
        return seen(entry, fold.epoch(), fold::find);
    }

    LogRecord seen(LogRecord entry, long epoch, Function<BotId, Optional<BotState>> states) {
        if (!(entry instanceof BotEventRecorded event)) {
            return entry;
        }
        var next = states.apply(event.bot()).map(BotState::sequence).orElse(0L) + 1;
        return switch (fault) {
            case NO_EPOCH_RULE -> copy(event, epoch, event.sequence(), event.idempotencyKey());
            case NO_SEQUENCE_RULE -> copy(event, event.epoch(), next, event.idempotencyKey());
            case NO_KEYS_IN_THE_STATE -> copy(event, event.epoch(), event.sequence(), null);
            default -> entry;
        };
    }

    private static BotEventRecorded copy(BotEventRecorded event, long epoch, long sequence, @Nullable String key) {
        return new BotEventRecorded(
                event.id(),
                event.time(),
                event.source(),
                epoch,
                event.bot(),
                sequence,
                key,
                event.traceparent(),
                event.event());
    }

    /** Every broken promise; empty when all were kept. */
    List<String> brokenIn(List<LogRecord> log, List<SimulatedReplica> replicas) {
        var states = new ArrayList<@Nullable BotState>();
        var counted = new HashMap<Fill, Integer>();
        var fold = new PartitionFold();
        states.add(null);
        for (var entry : log) {
            var seen = seen(entry, fold);
            if (fold.apply(seen) instanceof Applied
                    && seen instanceof BotEventRecorded event
                    && event.event() instanceof TradeExecuted(var fill, var _)) {
                counted.merge(fill, 1, Integer::sum);
            }
            states.add(fold.find(BOT).orElse(null));
        }
        handovers.broken().forEach(this::broken);
        verifyTrades(counted, states.getLast());
        attempts.forEach(attempt -> verify(attempt, counted, states));
        for (var replica : replicas) {
            if (replica.reading() && !Objects.equals(replica.state(BOT), states.getLast())) {
                broken("a replica folded another state");
            }
        }
        return broken;
    }

    private void verifyTrades(Map<Fill, Integer> counted, @Nullable BotState last) {
        var byNumber = new HashMap<Long, Integer>();
        counted.forEach((fill, times) -> byNumber.merge(fill.feedPosition(), times, Integer::sum));
        byNumber.forEach((number, times) -> {
            if (times > 1) {
                broken("trade " + number + " counts " + times + " times");
            }
        });
        var inState = last == null
                ? 0
                : last.portfolio().symbols().values().stream()
                        .mapToLong(SymbolState::trades)
                        .sum();
        if (inState != byNumber.values().stream().mapToInt(Integer::intValue).sum()) {
            broken("the state has %d trades, the log %s".formatted(inState, byNumber));
        }
    }

    private void verify(Attempt attempt, Map<Fill, Integer> counted, List<@Nullable BotState> states) {
        if (attempt.command instanceof RecordFill(var fill)) {
            var happened = counted.containsKey(fill);
            var number = fill.feedPosition();
            if (attempt.answer == Answer.REFUSED && happened) {
                broken("trade " + number + " was refused and happened");
            }
            if (attempt.answer == Answer.ACKNOWLEDGED
                    && counted.keySet().stream().noneMatch(other -> other.feedPosition() == number)) {
                broken("trade " + number + " was acknowledged and is lost");
            }
        }
        var refusal = attempt.refusal;
        if (refusal != null && !wasTrue(attempt, refusal, states)) {
            broken("a command was refused, \"%s\", and the log never was so".formatted(refusal.detail()));
        }
    }

    /** Whether the log bears the refusal out at any place behind what was known when the command came. */
    private static boolean wasTrue(Attempt attempt, RefusedException refusal, List<@Nullable BotState> states) {
        var submission = new Submission(BOT, attempt.command, null, Instant.MAX, new CompletableFuture<>());
        return states.subList(attempt.from, states.size()).stream()
                .distinct()
                .anyMatch(state -> Verdict.on(state, null, submission, START) instanceof Verdict.Refused(var problem)
                        && problem instanceof RefusedException same
                        && same.refusal() == refusal.refusal());
    }

    /** What happened in a run: one that did nothing proves nothing. */
    record Seen(
            long acknowledged,
            long repeated,
            long refused,
            int deepest,
            int continued,
            int handedOver,
            int handedOverOwing) {
        static final Seen NOTHING = new Seen(0, 0, 0, 0, 0, 0, 0);

        Seen and(Seen other) {
            return new Seen(
                    acknowledged + other.acknowledged,
                    repeated + other.repeated,
                    refused + other.refused,
                    Math.max(deepest, other.deepest),
                    continued + other.continued,
                    handedOver + other.handedOver,
                    handedOverOwing + other.handedOverOwing);
        }
    }

    Seen seen(List<LogRecord> log) {
        var fills = log.stream()
                .filter(BotEventRecorded.class::isInstance)
                .map(entry -> ((BotEventRecorded) entry).event())
                .filter(TradeExecuted.class::isInstance)
                .map(event -> ((TradeExecuted) event).fill())
                .collect(Collectors.toSet());
        var acknowledged = attempts.stream()
                .filter(attempt -> attempt.answer == Answer.ACKNOWLEDGED && attempt.command instanceof RecordFill)
                .toList();
        var repeated = acknowledged.stream()
                .filter(attempt -> attempt.command instanceof RecordFill(var fill) && !fills.contains(fill))
                .count();
        var refused =
                attempts.stream().filter(attempt -> attempt.refusal != null).count();
        return new Seen(
                acknowledged.size(),
                repeated,
                refused,
                deepest,
                continued,
                handovers.handedOver(),
                handovers.handedOverOwing());
    }
}
