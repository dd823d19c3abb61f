package io.everstate.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RetentionPlanView;
import io.everstate.contracts.backup.VerificationView;
import io.everstate.contracts.problem.Problem;
import io.everstate.platform.testkit.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An operator's calls. */
public final class BackupClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<BackupView.Status> UNFINISHED =
            Set.of(BackupView.Status.REQUESTED, BackupView.Status.RUNNING, BackupView.Status.UPLOADED);

    private final URI service;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public BackupClient(URI service) {
        this.service = service;
    }

    /** @return the backup's id */
    public UUID take(String kind) {
        return take("default", kind);
    }

    /** @return the backup's id */
    public UUID take(String workspace, String kind) {
        return post("/api/v1/backups", Map.of("workspace", workspace, "kind", kind), BackupView.class)
                .id();
    }

    public BackupView backup(UUID id) {
        return get("/api/v1/backups/" + id, BackupView.class);
    }

    public BackupView ended(UUID id) {
        return await().atMost(PATIENCE).until(() -> backup(id), view -> !UNFINISHED.contains(view.status()));
    }

    public BackupView completed(UUID id) {
        var ended = ended(id);
        assertThat(ended.status()).as(String.valueOf(ended.failure())).isEqualTo(BackupView.Status.COMPLETED);
        return ended;
    }

    public List<BackupView> chain(UUID id) {
        return List.of(get("/api/v1/backups/" + id + "/chain", Chain.class).items());
    }

    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Chain(BackupView[] items) {}

    /** @return the restore's id */
    public UUID restore(UUID backup, @Nullable List<String> paths) {
        var body = paths == null ? Map.of("backupId", backup) : Map.of("backupId", backup, "paths", paths);
        return post("/api/v1/restores", body, RestoreView.class).id();
    }

    /** @param body of the request, as fields of JSON */
    public RestoreView ended(Map<String, ?> body) {
        return restoreEnded(post("/api/v1/restores", body, RestoreView.class).id());
    }

    /** @return the id of the restore that takes it back */
    public UUID rollback(UUID restore) {
        return post(rollbacks(restore), Map.of(), RestoreView.class).id();
    }

    /** @param body of the request, as fields of JSON */
    public RestoreView rolledBack(UUID restore, Map<String, ?> body) {
        return restoreEnded(post(rollbacks(restore), body, RestoreView.class).id());
    }

    public Problem refusedRollback(UUID restore) {
        return problem(rollbacks(restore), Map.of());
    }

    private static String rollbacks(UUID restore) {
        return "/api/v1/restores/%s/rollbacks".formatted(restore);
    }

    /** What a dry run found, all of it, read in pages. */
    public Map<String, RestoreDifference> differences(UUID restore) {
        var found = new TreeMap<String, RestoreDifference>();
        var after = "";
        do {
            var page = get("/api/v1/restores/%s/differences?limit=4%s".formatted(restore, after), Differences.class);
            for (var difference : page.items()) {
                assertThat(found.put(difference.path(), difference)).isNull();
            }
            after = page.next() == null ? "" : "&after=" + URLEncoder.encode(page.next(), StandardCharsets.UTF_8);
        } while (!after.isEmpty());
        return found;
    }

    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Differences(
            RestoreDifference[] items, @Nullable String next) {}

    /** @param body of a request that is not accepted */
    public Problem refusedRestore(Map<String, ?> body) {
        return problem("/api/v1/restores", body);
    }

    Problem problem(String path, Object body) {
        var answer = send(asked("operator", path, body));
        assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
        return read(answer, answer.statusCode(), Problem.class);
    }

    public RestoreView restore(UUID id) {
        return get("/api/v1/restores/" + id, RestoreView.class);
    }

    public RestoreView restoreEnded(UUID id) {
        return await().atMost(PATIENCE).until(() -> restore(id), BackupClient::isOver);
    }

    /** And the backup that comes after it: it would be in the way of what a test does next. */
    private static boolean isOver(RestoreView view) {
        var fresh = view.freshBackup();
        return view.status() != RestoreView.Status.RUNNING && (fresh == null || !UNFINISHED.contains(fresh.status()));
    }

    /** What would become of a request to give that backup up. */
    public RetentionPlanView retentionPlan(String workspace, UUID backup) {
        return get("/api/v1/retention-plans/%s?backupId=%s".formatted(workspace, backup), RetentionPlanView.class);
    }

    /** @return the verification's id */
    public UUID verify(UUID backup) {
        return post("/api/v1/verifications", Map.of("backupId", backup), VerificationView.class)
                .id();
    }

    /** @return the verification's id */
    public UUID verify(String workspace) {
        return post("/api/v1/verifications", Map.of("workspace", workspace), VerificationView.class)
                .id();
    }

    public VerificationView verification(UUID id) {
        return get("/api/v1/verifications/" + id, VerificationView.class);
    }

    public VerificationView verificationEnded(UUID id) {
        return await().atMost(PATIENCE).until(() -> verification(id), view -> view.finishedAt() != null);
    }

    public InspectionView inspection() {
        return get("/api/v1/workspaces/default/inspection", InspectionView.class);
    }

    public int status(String path) {
        return send(request(path).GET().build()).statusCode();
    }

    <T> T get(String path, Class<T> type) {
        return read(send(request(path).GET().build()), 200, type);
    }

    private <T> T post(String path, Object body, Class<T> type) {
        return postAs("operator", path, body, type);
    }

    /** What is done when it is answered. */
    <T> T done(String path, Object body, Class<T> type) {
        return read(send(asked("operator", path, body)), 200, type);
    }

    <T> T postAs(String role, String path, Object body, Class<T> type) {
        return read(send(asked(role, path, body)), 202, type);
    }

    private HttpRequest asked(String role, String path, Object body) {
        try {
            return request(path)
                    .setHeader("Authorization", bearer(role))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", bearer("operator"));
    }

    private static String bearer(String role) {
        return "Bearer " + TestIdentity.shared().token(role);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private <T> T read(HttpResponse<String> answer, int status, Class<T> type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try {
            return json.readValue(answer.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
