package io.everstate.state.simulation;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.fold.FoldedBot;
import io.everstate.state.fold.ReadableFold;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/** That a bot's answers from one memory do not go back: a partition that is taken up anew is another one. */
final class AnswersInOrder {
    private final Map<ReadableFold, Map<BotId, Long>> newest = new WeakHashMap<>();

    boolean isKept(ReadableFold fold, FoldedBot answer) {
        var sequence = answer.state().sequence();
        var before = newest.computeIfAbsent(fold, _ -> new HashMap<>())
                .put(answer.state().id(), sequence);
        return before == null || sequence >= before;
    }
}
