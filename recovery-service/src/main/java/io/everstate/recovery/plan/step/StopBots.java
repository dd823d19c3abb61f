package io.everstate.recovery.plan.step;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.recovery.plan.Memory;
import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Stops the running bots, having noted first which they are. Leaves them alone when nothing is damaged any more. */
final class StopBots extends AbstractStep {
    private final Peers peers;
    private final Workspaces workspaces;
    private final Clock clock;

    StopBots(String name, Duration patience, Peers peers, Clock clock) {
        super(name, patience);
        this.peers = peers;
        this.workspaces = new Workspaces(peers.archives());
        this.clock = clock;
    }

    @Override
    public Progress advance(Situation situation) {
        var memory = situation.memory();
        var noted = memory.stopped();
        if (noted != null) {
            return stop(noted, memory);
        }
        var damage = workspaces.damage(situation, Workspaces.ALL);
        if (damage.isEmpty()) {
            return new Progress.Done("not needed: nothing is damaged any more", memory.withStopped(List.of()));
        }
        return new Progress.Again(memory.withStopped(running()).withDamaged(Workspaces.keys(damage)));
    }

    private List<BotId> running() {
        return peers.fleet().bots().stream()
                .filter(bot -> bot.hosted() && bot.running())
                .map(BotState::id)
                .toList();
    }

    private Progress stop(List<BotId> noted, Memory memory) {
        var budget = Budget.begun(clock);
        for (var bot : running()) {
            if (budget.isSpent()) {
                return new Progress.Again(memory);
            }
            if (noted.contains(bot)) {
                peers.fleet().stop(bot);
            }
        }
        var left = running().stream().filter(noted::contains).toList();
        return left.isEmpty()
                ? new Progress.Done("stopped " + noted.size() + " running bots", memory)
                : new Progress.Wait("bots that still run: " + left);
    }
}
