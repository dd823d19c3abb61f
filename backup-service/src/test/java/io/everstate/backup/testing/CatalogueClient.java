package io.everstate.backup.testing;

import static org.awaitility.Awaitility.await;

import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BucketComparisonView;
import io.everstate.contracts.backup.CatalogueRebuildView;
import io.everstate.contracts.backup.CatalogueView;
import io.everstate.contracts.backup.RetentionRunView;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An administrator's calls about the catalogue. */
public final class CatalogueClient {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final BackupClient client;

    public CatalogueClient(URI service) {
        this.client = new BackupClient(service);
    }

    public CatalogueView catalogue() {
        return client.get("/api/v1/catalogue", CatalogueView.class);
    }

    /** The newest first. */
    public List<BackupView> backups() {
        return List.of(client.get("/api/v1/backups?limit=500", Backups.class).items());
    }

    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Backups(BackupView[] items) {}

    /** @return the rebuild's id */
    public UUID rebuild() {
        return client.postAs("admin", "/api/v1/catalogue-rebuilds", Map.of(), CatalogueRebuildView.class)
                .id();
    }

    public CatalogueRebuildView rebuild(UUID id) {
        return client.get("/api/v1/catalogue-rebuilds/" + id, CatalogueRebuildView.class);
    }

    public CatalogueRebuildView rebuildEnded(UUID id) {
        return await().atMost(PATIENCE)
                .until(() -> rebuild(id), view -> view.status() != CatalogueRebuildView.Status.RUNNING);
    }

    public BucketComparisonView compared() {
        var id = client.postAs("operator", "/api/v1/bucket-comparisons", Map.of(), BucketComparisonView.class)
                .id();
        return await().atMost(PATIENCE)
                .until(() -> comparison(id), view -> view.status() != BucketComparisonView.Status.RUNNING);
    }

    /** When it has ended. */
    public BucketComparisonView swept(UUID comparison) {
        client.postAs(
                "admin", "/api/v1/bucket-comparisons/" + comparison + "/sweep", Map.of(), BucketComparisonView.class);
        return await().atMost(PATIENCE)
                .until(() -> comparison(comparison), view -> view.sweep() != BucketComparisonView.Sweep.RUNNING);
    }

    private BucketComparisonView comparison(UUID id) {
        return client.get("/api/v1/bucket-comparisons/" + id, BucketComparisonView.class);
    }

    public RetentionRunView cleanedUp() {
        var id = client.postAs(
                        "admin", "/api/v1/retention-runs", Map.of("workspace", "default"), RetentionRunView.class)
                .id();
        return await().atMost(PATIENCE)
                .until(
                        () -> client.get("/api/v1/retention-runs/" + id, RetentionRunView.class),
                        view -> view.status() != RetentionRunView.Status.REQUESTED);
    }
}
