package io.everstate.recovery.plan.step;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.InspectionView.Role;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.recovery.peer.Archives;
import io.everstate.recovery.plan.Damage;
import io.everstate.recovery.plan.Situation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which workspaces a run is about, and what is damaged there now. */
record Workspaces(Archives archives) {
    static final Set<Role> ALL = EnumSet.allOf(Role.class);

    List<InspectionView> inspections(Situation situation) {
        return of(situation).stream().map(archives::inspection).toList();
    }

    /** One for each workspace that has damage. */
    List<Damage> damage(Situation situation, Set<Role> roles) {
        return inspections(situation).stream()
                .map(inspection ->
                        Damage.in(inspection, roles, situation.memory().damaged()))
                .filter(damage -> !damage.isNone())
                .toList();
    }

    static Set<String> keys(List<Damage> damages) {
        return damages.stream().flatMap(damage -> damage.key().stream()).collect(toUnmodifiableSet());
    }

    /** A dead service may have left any workspace broken. */
    private List<String> of(Situation situation) {
        return situation.type() == DisasterType.SYSTEM_CRASH ? archives.workspaces() : List.of(situation.subject());
    }
}
