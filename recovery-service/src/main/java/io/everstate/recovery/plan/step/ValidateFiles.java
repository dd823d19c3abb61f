package io.everstate.recovery.plan.step;

import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.backup.InspectionView.Role;
import io.everstate.recovery.plan.Damage;
import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import java.time.Duration;
import java.util.Set;

/** Looks again at every file of these roles. */
final class ValidateFiles extends AbstractStep {
    private final Set<Role> roles;
    private final Workspaces workspaces;

    ValidateFiles(String name, Duration patience, Set<Role> roles, Peers peers) {
        super(name, patience);
        this.roles = roles;
        this.workspaces = new Workspaces(peers.archives());
    }

    @Override
    public Progress advance(Situation situation) {
        var inspections = workspaces.inspections(situation);
        for (var inspection : inspections) {
            var damage = Damage.in(inspection, roles, situation.memory().damaged());
            if (!damage.isNone()) {
                return new Progress.Wait("files that are still damaged: " + damage.described());
            }
        }
        var sound = inspections.stream()
                .flatMap(inspection -> inspection.files().stream())
                .filter(file -> roles.contains(file.role()) && file.condition() == Condition.OK)
                .count();
        return new Progress.Done("read " + sound + " files anew: none is damaged", situation.memory());
    }
}
