package io.everstate.bot.critical;

import io.everstate.bot.platform.ServiceToken;
import io.everstate.contracts.backup.BackupRequest;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BackupView.Status;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemException;
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
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Asks backup-service, which answers when the backup was read back or it cannot wait any longer. */
@ApplicationScoped
class HttpVerifiedBackups implements VerifiedBackups {
    private static final Logger LOG = Logger.getLogger(HttpVerifiedBackups.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    /** On its way the answer may take as long beyond the patience. */
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private static final Set<Status> UNFINISHED = EnumSet.of(Status.REQUESTED, Status.RUNNING, Status.UPLOADED);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int SERVER_ERROR = 500;
    private static final int MILLIS = 1000;

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
    public Outcome take(Wish wish, Duration patience) {
        var service = configuration.backupService();
        if (service.isEmpty()) {
            return new Missing("no backup-service is configured", false);
        }
        try {
            return take(service.get(), wish, Math.max(1, Math.ceilDiv(patience.toMillis(), MILLIS)));
        } catch (IOException | UnreadableRecordException e) {
            return new Missing("backup-service does not answer: " + e, true);
        } catch (ProblemException e) {
            return new Missing(e.detail(), true);
        }
    }

    private Outcome take(URI service, Wish wish, long seconds) throws IOException {
        var answer = send(
                request(service, "?wait=" + seconds, wish),
                Duration.ofSeconds(seconds).plus(ANSWER));
        return answer.statusCode() == OK
                ? new Taken(json.read(answer.body(), BackupView.class).id())
                : new Missing(
                        json.read(answer.body(), Problem.class).detail(), mayGoOn(service, wish, answer.statusCode()));
    }

    /** Asked for without a wait it is shown as it is. Of a request that was refused there is none. */
    private boolean mayGoOn(URI service, Wish wish, int status) {
        if (status < SERVER_ERROR) {
            return false;
        }
        try {
            var shown = send(request(service, "", wish), ANSWER);
            return shown.statusCode() != ACCEPTED
                    || UNFINISHED.contains(
                            json.read(shown.body(), BackupView.class).status());
        } catch (IOException | UnreadableRecordException e) {
            LOG.debugf(e, "whether the backup %s goes on is not known", wish.key());
            return true;
        }
    }

    private HttpRequest request(URI service, String query, Wish wish) {
        var wanted = new BackupRequest(configuration.workspace(), configuration.kind(), wish.description());
        return HttpRequest.newBuilder(service.resolve("/api/v1/backups" + query))
                .header("Authorization", token.authorization())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", wish.key())
                .POST(BodyPublishers.ofByteArray(json.write(wanted)))
                .build();
    }

    /** The timeout of a request would end with the answer's head; this one is of the whole answer. */
    private HttpResponse<byte[]> send(HttpRequest request, Duration timeout) throws IOException {
        var answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
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
}
