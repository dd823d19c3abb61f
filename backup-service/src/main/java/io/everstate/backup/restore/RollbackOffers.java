package io.everstate.backup.restore;

import io.everstate.backup.restore.Restores.Changing;
import io.everstate.backup.restore.check.RestoreConfiguration;
import io.everstate.contracts.backup.RestoreView.Status;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What has to stay so that restores of the last days can be taken back. */
@Singleton
public final class RollbackOffers {
    private final Restores restores;
    private final RestoreConfiguration configuration;
    private final Clock clock;

    RollbackOffers(Restores restores, RestoreConfiguration configuration, Clock clock) {
        this.restores = restores;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Of each restore that stands, rollbacks too, its safety backup, and the backup that was restored, whose manifest tells what was added.
     *
     * @return why each of them stays
     */
    public Map<UUID, String> needed(String workspace) {
        var changing = restores.changing(workspace);
        var needed = new HashMap<UUID, String>();
        for (var restore : changing) {
            var safety = restore.safetyBackupId();
            var ended = restore.finishedAt();
            if (safety != null && ended != null && stands(restore.id(), changing)) {
                var until = ended.plus(configuration.rollbackFor());
                if (until.isAfter(clock.instant())) {
                    var why = "restore %s can be rolled back until %s".formatted(restore.id(), until);
                    needed.put(safety, why);
                    needed.put(restore.backupId(), why);
                }
            }
        }
        return needed;
    }

    /** While it is being taken back it still does: a rollback that fails leaves it as it is. Again when its rollback was taken back. */
    static boolean stands(UUID restore, List<Changing> all) {
        return all.stream()
                .noneMatch(other ->
                        other.takesBack(restore) && other.status() != Status.RUNNING && stands(other.id(), all));
    }
}
