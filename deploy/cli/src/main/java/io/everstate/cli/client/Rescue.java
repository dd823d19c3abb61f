package io.everstate.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.backup.BackupRequest;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreRequest;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RetentionPlanView;
import io.everstate.contracts.backup.RetentionRequest;
import io.everstate.contracts.backup.RetentionRunView;
import io.everstate.contracts.backup.RollbackRequest;
import io.everstate.contracts.backup.ScheduleView;
import io.everstate.contracts.backup.SealAcknowledgementRequest;
import io.everstate.contracts.backup.SealCheckRequest;
import io.everstate.contracts.backup.SealCheckView;
import io.everstate.contracts.backup.VerificationRequest;
import io.everstate.contracts.backup.VerificationView;
import io.everstate.contracts.recovery.DisasterCheckView;
import io.everstate.contracts.recovery.DisasterView;
import io.everstate.contracts.recovery.RunView;
import io.everstate.contracts.view.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Backups and restores of backup-service, disasters and runs of recovery-service. */
public final class Rescue {

    private final Services services;

    public Rescue(Services services) {
        this.services = services;
    }

    /** Returns when the backup is accepted; {@link #backup} tells how far it is. */
    public BackupView request(BackupRequest request) {
        return backups().post("/api/v1/backups", request, new TypeReference<>() {});
    }

    public BackupView backup(UUID id) {
        return backups().get("/api/v1/backups/" + id, new TypeReference<>() {});
    }

    public List<BackupView> backups(String workspace) {
        String name = URLEncoder.encode(workspace, StandardCharsets.UTF_8);
        return backups().all("/api/v1/backups?limit=100&workspace=" + name, new TypeReference<Page<BackupView>>() {});
    }

    /** The names of the workspaces that are configured. */
    public List<String> workspaces() {
        return backups().all("/api/v1/workspaces?limit=100", new TypeReference<Page<Workspace>>() {}).stream()
                .map(Workspace::name)
                .toList();
    }

    private record Workspace(String name) {}

    /** What a clean-up would do now; with a backup, what would become of a request to give up that one. */
    public RetentionPlanView plan(String workspace, @Nullable UUID backup) {
        String one = backup == null ? "" : "?backupId=" + backup;
        return backups()
                .get(
                        "/api/v1/retention-plans/" + URLEncoder.encode(workspace, StandardCharsets.UTF_8) + one,
                        new TypeReference<>() {});
    }

    /** Returns when the clean-up is accepted; {@link #cleanUp(UUID)} tells how it ended. */
    public RetentionRunView cleanUp(RetentionRequest request) {
        return backups().post("/api/v1/retention-runs", request, new TypeReference<>() {});
    }

    public RetentionRunView cleanUp(UUID id) {
        return backups().get("/api/v1/retention-runs/" + id, new TypeReference<>() {});
    }

    /** Returns when the restore is accepted; {@link #restore} tells how far it is. */
    public RestoreView request(RestoreRequest request) {
        return backups().post("/api/v1/restores", request, new TypeReference<>() {});
    }

    /** The same, of a restore that takes another one back. */
    public RestoreView rollback(UUID restore, RollbackRequest request) {
        return backups().post("/api/v1/restores/" + restore + "/rollbacks", request, new TypeReference<>() {});
    }

    public RestoreView restore(UUID id) {
        return backups().get("/api/v1/restores/" + id, new TypeReference<>() {});
    }

    /** What a dry run found of each path. */
    public List<RestoreDifference> differences(UUID restore) {
        return backups()
                .all(
                        "/api/v1/restores/" + restore + "/differences?limit=1000",
                        new TypeReference<Page<RestoreDifference>>() {});
    }

    /** Returns when the verification is accepted; {@link #verification} tells how far it is. */
    public VerificationView request(VerificationRequest request) {
        return backups().post("/api/v1/verifications", request, new TypeReference<>() {});
    }

    public VerificationView verification(UUID id) {
        return backups().get("/api/v1/verifications/" + id, new TypeReference<>() {});
    }

    /** Returns when the check is accepted; {@link #sealCheck} tells how it ended. */
    public SealCheckView request(SealCheckRequest request) {
        return backups().post("/api/v1/seal-checks", request, new TypeReference<>() {});
    }

    public SealCheckView sealCheck(UUID id) {
        return backups().get("/api/v1/seal-checks/" + id, new TypeReference<>() {});
    }

    /** Says of what that check found of an object that it is known; the check with that. */
    public SealCheckView acknowledge(UUID check, SealAcknowledgementRequest request) {
        return backups().post("/api/v1/seal-checks/" + check + "/acknowledgements", request, new TypeReference<>() {});
    }

    public List<ScheduleView> schedules() {
        return backups().all("/api/v1/schedules?limit=100", new TypeReference<Page<ScheduleView>>() {});
    }

    /** Looks now. */
    public DisasterCheckView check() {
        return recovery().post("/api/v1/disaster-checks", null, new TypeReference<>() {});
    }

    public List<DisasterView> disasters() {
        return recovery().all("/api/v1/disasters?limit=100", new TypeReference<Page<DisasterView>>() {});
    }

    public RunView run(UUID id) {
        return recovery().get("/api/v1/runs/" + id, new TypeReference<>() {});
    }

    private ServiceClient backups() {
        return services.of(ServiceName.BACKUP);
    }

    private ServiceClient recovery() {
        return services.of(ServiceName.RECOVERY);
    }
}
