package io.everstate.recovery;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.contracts.recovery.AlertView;
import io.everstate.contracts.recovery.DisasterCheckView;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView;
import io.everstate.contracts.recovery.RunView;
import io.everstate.contracts.view.Page;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.recovery.world.WorldServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;

/** The REST endpoints of a running recovery-service, as an operator uses them. */
public record Api(URI base) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    public DisasterCheckView check() {
        var answer = send(
                HttpRequest.newBuilder(base.resolve("/api/v1/disaster-checks")).POST(BodyPublishers.noBody()));
        return read(answer, new TypeReference<>() {});
    }

    public List<DisasterView> disasters() {
        return read(get("/api/v1/disasters"), new TypeReference<Page<DisasterView>>() {})
                .items();
    }

    public List<RunView> runs() {
        return read(get("/api/v1/runs"), new TypeReference<Page<RunView>>() {}).items();
    }

    public List<AlertView> alerts() {
        return read(get("/api/v1/alerts"), new TypeReference<Page<AlertView>>() {})
                .items();
    }

    public Optional<RunView> newest(DisasterType type) {
        return runs().stream().filter(run -> run.type() == type).findFirst();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        var token = TestIdentity.shared().token("operator");
        try {
            return CLIENT.send(
                    request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(HttpResponse<String> answer, TypeReference<T> type) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + ": " + answer.body());
        }
        try {
            return WorldServers.JSON.readValue(answer.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
