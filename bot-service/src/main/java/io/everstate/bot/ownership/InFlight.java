package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An event that was sent and not read back yet, and everybody whose answer depends on whether it counts. */
final class InFlight {
    private final UUID entry;
    private final BotState expected;
    private final List<Submission> callers = new ArrayList<>(1);
    private final List<Held> held = new ArrayList<>(0);

    /** A refusal that is true only behind this event. */
    private record Held(Submission submission, ProblemException refusal) {}

    /** @param expected the bot's state behind it, if it counts */
    InFlight(UUID entry, BotState expected, Submission caller) {
        this.entry = entry;
        this.expected = expected;
        callers.add(caller);
    }

    UUID entry() {
        return entry;
    }

    BotState expected() {
        return expected;
    }

    /** The same command with the same key: it has the same outcome, whatever that will be. */
    void repeatedBy(Submission submission) {
        callers.add(submission);
    }

    void refuseBehind(Submission submission, ProblemException refusal) {
        held.add(new Held(submission, refusal));
    }

    void counted(BotState state) {
        var result = new CommandResult(state, state.sequence());
        callers.forEach(caller -> caller.outcome().complete(result));
        held.forEach(one -> one.submission().outcome().completeExceptionally(one.refusal()));
    }

    /** @param neverBegan of those that wrote nothing, and were judged on what is not known to count */
    void abandon(ProblemException fate, ProblemException neverBegan) {
        callers.forEach(caller -> caller.outcome().completeExceptionally(fate));
        held.forEach(one -> one.submission().outcome().completeExceptionally(neverBegan));
    }
}
