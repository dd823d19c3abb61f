package io.everstate.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RetentionRunView;
import io.everstate.contracts.backup.SealAcknowledgementRequest;
import io.everstate.contracts.backup.SealChainView;
import io.everstate.contracts.backup.SealCheckRequest;
import io.everstate.contracts.backup.SealCheckView;
import io.everstate.contracts.backup.SealHead;
import io.everstate.contracts.problem.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operator's calls about seals, and an administrator's that give up what is sealed. */
public final class SealClient {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final BackupClient client;

    public SealClient(URI service) {
        this.client = new BackupClient(service);
    }

    /** Archives too. */
    public SealCheckView checked(String workspace) {
        return checked(workspace, true, null);
    }

    public SealCheckView checked(String workspace, boolean archives, @Nullable SealHead noted) {
        var id = client.postAs(
                        "operator",
                        "/api/v1/seal-checks",
                        new SealCheckRequest(workspace, archives, noted),
                        SealCheckView.class)
                .id();
        return await().atMost(PATIENCE)
                .until(
                        () -> client.get("/api/v1/seal-checks/" + id, SealCheckView.class),
                        view -> view.status() != SealCheckView.Status.RUNNING);
    }

    /** What that check found of an object. */
    public SealCheckView acknowledged(SealCheckView check, String object, String reason) {
        return client.done(
                acknowledgements(check), new SealAcknowledgementRequest(object, reason), SealCheckView.class);
    }

    public Problem refusedAcknowledgement(SealCheckView check, String object, @Nullable String reason) {
        return client.problem(acknowledgements(check), new SealAcknowledgementRequest(object, reason));
    }

    private static String acknowledgements(SealCheckView check) {
        return "/api/v1/seal-checks/%s/acknowledgements".formatted(check.id());
    }

    public SealChainView chain(String workspace) {
        return Arrays.stream(client.get("/api/v1/seal-chains", Chains.class).items())
                .filter(chain -> chain.workspace().equals(workspace))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Chains(SealChainView[] items) {}

    /** Returns when its objects are gone. */
    public void giveUp(BackupView backup) {
        var id = client.postAs(
                        "admin",
                        "/api/v1/retention-runs",
                        Map.of("workspace", backup.workspace(), "backupId", backup.id(), "reason", "not wanted"),
                        RetentionRunView.class)
                .id();
        var run = await().atMost(PATIENCE)
                .until(
                        () -> client.get("/api/v1/retention-runs/" + id, RetentionRunView.class),
                        view -> view.status() != RetentionRunView.Status.REQUESTED);
        assertThat(run.status()).as(String.valueOf(run.refusal())).isEqualTo(RetentionRunView.Status.COMPLETED);
        await().atMost(PATIENCE).until(() -> client.backup(backup.id()).status() == BackupView.Status.DELETED);
    }
}
