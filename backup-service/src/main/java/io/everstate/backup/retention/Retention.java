package io.everstate.backup.retention;

import io.everstate.backup.catalogue.Expiries;
import jakarta.inject.Singleton;

/** What the configured policy makes of the backups that there are now. */
@Singleton
class Retention {
    private final Expiries expiries;
    private final RetentionPolicy policy;

    Retention(Expiries expiries, RetentionConfiguration configuration) {
        this.expiries = expiries;
        this.policy = configuration.policy();
    }

    RetentionPlan plan(String workspace) {
        var points = expiries.finished(workspace).stream()
                .map(backup ->
                        new RestorePoint(backup.id(), backup.kind(), backup.recordedAt(), backup.good(), backup.pin()))
                .toList();
        return RetentionPlan.of(points, policy);
    }
}
