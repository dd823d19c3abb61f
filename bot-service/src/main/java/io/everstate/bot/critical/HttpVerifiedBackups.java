package io.everstate.bot.critical;

import io.everstate.bot.platform.ServiceToken;
import io.everstate.contracts.backup.BackupRequest;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks backup-service, which answers when the backup was read back or it cannot wait any longer. */
@ApplicationScoped
class HttpVerifiedBackups implements VerifiedBackups {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    /** On its way the answer may take as long beyond the deadline. */
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private static final int OK = 200;

    private final CriticalConfiguration configuration;
    private final ServiceToken token;
    private final JsonFormat json;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    HttpVerifiedBackups(CriticalConfiguration configuration, ServiceToken token, JsonFormat json) {
        this.configuration = configuration;
        this.token = token;
        this.json = json;
    }

    @Override
    public UUID take(String description, String key) {
        var service = configuration.backupService().orElseThrow(() -> none("no backup-service is configured", null));
        try {
            var answer = send(request(service, description, key));
            if (answer.statusCode() != OK) {
                throw none(json.read(answer.body(), Problem.class).detail(), null);
            }
            return json.read(answer.body(), BackupView.class).id();
        } catch (IOException | UnreadableRecordException e) {
            throw none("backup-service does not answer: " + e, e);
        }
    }

    private HttpRequest request(URI service, String description, String key) {
        var wanted = new BackupRequest(configuration.workspace(), configuration.kind(), description);
        var address = service.resolve(
                "/api/v1/backups?wait=" + Math.max(1, configuration.deadline().toSeconds()));
        return HttpRequest.newBuilder(address)
                .header("Authorization", token.authorization())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(json.write(wanted)))
                .build();
    }

    /** The timeout of a request would end with the answer's head; this one is of the whole answer. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        var answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(configuration.deadline().plus(ANSWER).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer in time", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the service is stopping", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static ProblemException none(String why, @Nullable Exception cause) {
        return new ProblemException(ProblemType.UNAVAILABLE, why, cause);
    }
}
