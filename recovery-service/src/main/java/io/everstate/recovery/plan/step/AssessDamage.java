package io.everstate.recovery.plan.step;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.recovery.plan.Damage;
import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Notes which bots must go on, and what is broken. A peer that is dead itself does not hold the assessment up: it is part of it. */
final class AssessDamage extends AbstractStep {
    private final Peers peers;
    private final Workspaces workspaces;

    AssessDamage(String name, Duration patience, Peers peers) {
        super(name, patience);
        this.peers = peers;
        this.workspaces = new Workspaces(peers.archives());
    }

    @Override
    public Progress advance(Situation situation) {
        var subject = situation.subject();
        var memory = situation.memory();
        var found = new ArrayList<String>();
        found.add(subject + " " + peers.probe().health(subject).finding());
        var expected = expected();
        if (expected.isPresent()) {
            memory = memory.withExpected(expected.get());
            found.add(expected.get().size() + " running bots must go on");
        } else {
            found.add("which bots ran is not known: state-service does not answer");
        }
        try {
            var damage = workspaces.damage(situation, Workspaces.ALL);
            memory = memory.withDamaged(Workspaces.keys(damage));
            found.add(described(damage));
        } catch (ProblemException e) {
            found.add("files are not inspected yet: " + e.detail());
        }
        return new Progress.Done(String.join("; ", found), memory);
    }

    private Optional<List<BotId>> expected() {
        try {
            return Optional.of(peers.records().bots().stream()
                    .filter(BotState::running)
                    .filter(bot -> bot.configuration().restartPolicy() == RestartPolicy.RESUME)
                    .map(BotState::id)
                    .toList());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static String described(List<Damage> damage) {
        return damage.isEmpty()
                ? "no file is damaged"
                : damage.stream().map(Damage::described).collect(Collectors.joining("; "));
    }
}
