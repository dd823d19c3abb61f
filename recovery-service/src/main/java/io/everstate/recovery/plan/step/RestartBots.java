package io.everstate.recovery.plan.step;

import static java.util.stream.Collectors.toMap;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts exactly the bots that this run stopped; not one that is gone or in emergency stop by now. */
final class RestartBots extends AbstractStep {
    private final Peers peers;
    private final Clock clock;

    RestartBots(String name, Duration patience, Peers peers, Clock clock) {
        super(name, patience);
        this.peers = peers;
        this.clock = clock;
    }

    @Override
    public Progress advance(Situation situation) {
        var memory = situation.memory();
        var noted = memory.stopped() == null ? List.<BotId>of() : memory.stopped();
        if (noted.isEmpty()) {
            return new Progress.Done("not needed: no bot was stopped", memory);
        }
        var budget = Budget.begun(clock);
        for (var bot : waiting(noted)) {
            if (budget.isSpent()) {
                return new Progress.Again(memory);
            }
            peers.fleet().start(bot);
        }
        var left = waiting(noted);
        return left.isEmpty()
                ? new Progress.Done(outcome(noted), memory)
                : new Progress.Wait("bots that do not run yet: " + left);
    }

    private List<BotId> waiting(List<BotId> noted) {
        var fleet = fleet();
        return noted.stream().filter(bot -> canStart(fleet, bot)).toList();
    }

    private static boolean canStart(Map<BotId, BotState> fleet, BotId id) {
        var bot = fleet.get(id);
        return bot != null && !bot.running() && bot.lifecycle().emergencyStop() == null;
    }

    private String outcome(List<BotId> noted) {
        var fleet = fleet();
        var running = noted.stream()
                .filter(id -> fleet.containsKey(id) && fleet.get(id).running())
                .count();
        return running + " of the " + noted.size() + " bots that were stopped run again";
    }

    private Map<BotId, BotState> fleet() {
        return peers.fleet().bots().stream().collect(toMap(BotState::id, bot -> bot));
    }
}
