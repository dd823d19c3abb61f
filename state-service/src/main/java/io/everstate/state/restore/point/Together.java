package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.log.ReadingTooLongException;
import io.everstate.state.past.Then;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is asked of archived records for bots of a pass, once for all of them. Where that takes too long, since one of them begins far in front of
 * the others or all need more than is read in the time of one question, each is asked for by itself: that time says nothing of a bot alone. Not
 * thread-safe.
 */
final class Together {
    private final Supplier<List<BotId>> bots;
    private final Function<List<BotId>, Map<BotId, Then>> question;
    private final Supplier<Map<BotId, Then>> all;

    /**
     * @param bots for which it is asked; itself asked when the first answer is needed
     * @param question has its own time each time that it is asked
     */
    Together(Supplier<List<BotId>> bots, Function<List<BotId>, Map<BotId, Then>> question) {
        this.bots = new Once<>(bots);
        this.question = question;
        this.all = new Once<>(() -> question.apply(this.bots.get()));
    }

    /** @throws ProblemException UNAVAILABLE when a retry can help */
    Then of(BotId bot) {
        try {
            return in(all(), bot);
        } catch (ReadingTooLongException e) {
            if (wasAlone(bot)) {
                throw e;
            }
            return in(question.apply(List.of(bot)), bot);
        }
    }

    /** @throws ProblemException UNAVAILABLE when a retry can help */
    Map<BotId, Then> all() {
        return all.get();
    }

    private boolean wasAlone(BotId bot) {
        try {
            return bots.get().equals(List.of(bot));
        } catch (ReadingTooLongException e) {
            return false;
        }
    }

    private static Then in(Map<BotId, Then> answers, BotId bot) {
        var answer = answers.get(bot);
        if (answer == null) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "bot %s is not of the partition any more that was read".formatted(bot));
        }
        return answer;
    }
}
