package io.everstate.recovery.plan.step;

import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import java.time.Duration;
import java.util.ArrayList;

/** Makes sure that for each damaged file there is a backup that was read back from storage, before anything is overwritten. */
final class VerifyBackups extends AbstractStep {
    private final Wants wants;
    private final Candidates candidates;

    VerifyBackups(String name, Duration patience, Peers peers) {
        super(name, patience);
        this.wants = Wants.damaged(peers.archives(), Workspaces.ALL);
        this.candidates = new Candidates(peers.archives());
    }

    @Override
    public Progress advance(Situation situation) {
        var found = new ArrayList<String>();
        for (var want : wants.in(situation)) {
            var backups = candidates.of(want);
            if (backups.isEmpty()) {
                return new Progress.Impossible(
                        "no verified backup holds " + want.path() + " of workspace " + want.workspace());
            }
            var best = backups.getFirst();
            found.add(want.path() + " of workspace " + want.workspace() + ": " + best.kind() + " backup " + best.id()
                    + ", read back " + best.verifiedAt() + ", and " + (backups.size() - 1) + " others");
        }
        var outcome = found.isEmpty() ? "not needed: nothing is damaged any more" : String.join("; ", found);
        return new Progress.Done(outcome, situation.memory());
    }
}
