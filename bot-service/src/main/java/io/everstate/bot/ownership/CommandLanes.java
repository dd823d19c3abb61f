package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The commands to a partition's bots while this replica owns it. Several events of a bot are on their way together: a command is judged on
 * the state that those before it are expected to make, and whatever was judged so, a refusal too, is answered only when they count. Not
 * thread-safe; the partition's lock guards it.
 */
final class CommandLanes {
    private final PartitionFold fold;
    private final String source;
    private final Clock clock;
    private final Consumer<BotEventRecorded> appender;
    private final Map<BotId, Lane> lanes = new HashMap<>();

    /** @param appender puts an event on its way to the log; the events of a bot must come there in this order */
    CommandLanes(PartitionFold fold, String source, Clock clock, Consumer<BotEventRecorded> appender) {
        this.fold = fold;
        this.source = source;
        this.clock = clock;
        this.appender = appender;
    }

    void submit(Submission submission) {
        var lane = lanes.computeIfAbsent(submission.bot(), _ -> new Lane());
        if (!lane.offer(submission)) {
            submission
                    .outcome()
                    .completeExceptionally(unavailable("too many commands wait for bot " + submission.bot()));
        }
        drain(submission.bot(), lane);
    }

    private void drain(BotId bot, Lane lane) {
        for (var next = lane.next(); next != null; next = lane.next()) {
            begin(next, lane);
        }
        if (lane.idle()) {
            lanes.remove(bot, lane);
        }
    }

    private void begin(Submission submission, Lane lane) {
        var now = clock.instant();
        if (now.isAfter(submission.deadline())) {
            submission.outcome().completeExceptionally(unavailable("the command did not begin before its deadline"));
            return;
        }
        var parking = fold.parking(submission.bot()).orElse(null);
        var last = lane.last();
        var state = last == null ? fold.find(submission.bot()).orElse(null) : last.expected();
        switch (Verdict.on(state, parking, submission, now)) {
            case Verdict.Granted(var event, var next) -> send(submission, event, next, lane);
            case Verdict.Repeated(var sequence) -> repeat(submission, lane.numbered(sequence), sequence);
            case Verdict.Refused(var problem) -> refuse(submission, last, problem);
        }
    }

    private void send(Submission submission, BotEvent event, BotState next, Lane lane) {
        var now = next.updatedAt();
        var entry = new BotEventRecorded(
                TimeOrderedUuid.at(now),
                now,
                source,
                fold.epoch(),
                submission.bot(),
                next.sequence(),
                submission.idempotencyKey(),
                null,
                event);
        lane.begin(new InFlight(entry.id(), next, submission));
        appender.accept(entry);
    }

    private void repeat(Submission submission, @Nullable InFlight first, long sequence) {
        if (first != null) {
            first.repeatedBy(submission);
        } else {
            var counted = fold.find(submission.bot()).orElseThrow();
            submission.outcome().complete(new CommandResult(counted, sequence));
        }
    }

    /** What does not count yet may never do so, and then the refusal was a lie. */
    private static void refuse(Submission submission, @Nullable InFlight judgedOn, ProblemException refusal) {
        if (judgedOn != null) {
            judgedOn.refuseBehind(submission, refusal);
        } else {
            submission.outcome().completeExceptionally(refusal);
        }
    }

    /**
     * An event was read back.
     *
     * @return false when it was expected to count and does not, or another one before it: what is in flight was judged on what will not be
     */
    boolean arrived(BotEventRecorded recorded, FoldOutcome outcome) {
        var lane = lanes.get(recorded.bot());
        if (lane == null || !lane.carries(recorded.id())) {
            return true;
        }
        if (!(outcome instanceof Applied(var state))) {
            return false;
        }
        var first = lane.arrived(recorded.id());
        if (first == null) {
            return false;
        }
        first.counted(state);
        drain(recorded.bot(), lane);
        return true;
    }

    /** Whether an event that was sent before then is on its way yet. */
    boolean waitSince(Instant then) {
        return lanes.values().stream()
                .map(Lane::first)
                .anyMatch(sent -> sent != null && sent.expected().updatedAt().isBefore(then));
    }

    /** Whether an event of the bot is on its way. */
    boolean busy(BotId bot) {
        return lanes.containsKey(bot);
    }

    /** What is in flight stands behind the record that parked the bot. */
    void park(BotId bot, Parking parking) {
        var lane = lanes.remove(bot);
        if (lane != null) {
            var unknown = new ProblemException(ProblemType.OUTCOME_UNKNOWN, "the bot was parked meanwhile");
            lane.abandon(new ParkedException(bot, parking), unknown);
        }
    }

    /** Ends all of it: what waited never began, what was in flight has the other fate. */
    void abandon(ProblemException neverBegan, ProblemException inFlightFate) {
        List.copyOf(lanes.values()).forEach(lane -> lane.abandon(neverBegan, inFlightFate));
        lanes.clear();
    }

    private static ProblemException unavailable(String why) {
        return new ProblemException(ProblemType.UNAVAILABLE, why);
    }
}
