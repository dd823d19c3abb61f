package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The commands of one bot: some on their way through the log, in its order; the others wait for them in memory. */
final class Lane {
    static final int MAX_IN_FLIGHT = 32;
    static final int MAX_WAITING = 64;

    private final ArrayDeque<Submission> waiting = new ArrayDeque<>(2);
    private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>(2);

    boolean offer(Submission submission) {
        return waiting.size() < MAX_WAITING && waiting.offer(submission);
    }

    /**
     * The next to begin, when there is room on the way. A checkpoint begins alone: it may leave numbers out, so it counts also when an event
     * before it is lost, and would bring back what the log does not have.
     */
    @Nullable
    Submission next() {
        var next = waiting.peek();
        var room = inFlight.isEmpty()
                || (next != null && inFlight.size() < MAX_IN_FLIGHT && !carriesWholeState(next.command()));
        return room ? waiting.poll() : null;
    }

    private static boolean carriesWholeState(BotCommand command) {
        return switch (command) {
            case TakeCheckpoint _, RestoreCheckpoint _ -> true;
            case OnlyIf(var _, var inner) -> carriesWholeState(inner);
            default -> false;
        };
    }

    void begin(InFlight sent) {
        inFlight.add(sent);
    }

    /** Waits longest for being read back. */
    @Nullable
    InFlight first() {
        return inFlight.peek();
    }

    /** The last one sent: what it is expected to make is what the next command is judged on. */
    @Nullable
    InFlight last() {
        return inFlight.peekLast();
    }

    /** Null when the event of that number was read back already. */
    @Nullable
    InFlight numbered(long sequence) {
        for (var sent : inFlight) {
            if (sent.expected().sequence() == sequence) {
                return sent;
            }
        }
        return null;
    }

    boolean carries(UUID entry) {
        return inFlight.stream().anyMatch(sent -> sent.entry().equals(entry));
    }

    /** The first one sent, when this record is it; it is not in flight any more. */
    @Nullable
    InFlight arrived(UUID entry) {
        var first = inFlight.peek();
        return first != null && first.entry().equals(entry) ? inFlight.poll() : null;
    }

    boolean idle() {
        return inFlight.isEmpty() && waiting.isEmpty();
    }

    /** Ends all of it: what waited never began, what was in flight has the other fate. */
    void abandon(ProblemException neverBegan, ProblemException inFlightFate) {
        waiting.forEach(submission -> submission.outcome().completeExceptionally(neverBegan));
        waiting.clear();
        inFlight.forEach(sent -> sent.abandon(inFlightFate, neverBegan));
        inFlight.clear();
    }
}
