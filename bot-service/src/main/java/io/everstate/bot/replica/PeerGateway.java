package io.everstate.bot.replica;

import io.everstate.bot.ownership.OutcomeUnknownException;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Passes a request on to the replica that owns the bot's partition: one hop, with the caller's own token. */
@ApplicationScoped
public class PeerGateway {
    /** On a request that was passed on already, with the proof that a replica did; it is not passed on again. */
    public static final String HOP = "Everstate-Hop";
    /** Of a question, of which nobody has to be believed: what proves a replica goes along only where something is changed. */
    private static final String PASSED_ON = "1";
    /** On the 503 of a replica that was asked by a wrong hint. */
    static final String NOT_OWNER = "Everstate-Not-Owner";

    private static final Logger LOG = Logger.getLogger(PeerGateway.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration HINT_WAIT = Duration.ofMillis(300);
    private static final int ATTEMPTS = 2;

    private final OwnerHints hints;
    private final ReplicaProof proof;
    private final Duration timeout;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    PeerGateway(OwnerHints hints, ReplicaProof proof, ReplicaConfiguration configuration) {
        this.hints = hints;
        this.proof = proof;
        this.timeout = configuration.timeout();
    }

    /** What is passed on. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
    public record Forward(
            String method,
            String path,
            @Nullable String authorization,
            @Nullable String idempotencyKey,
            @Nullable String ifMatch,
            byte @Nullable [] body,
            String contentType) {
        private static final String JSON = "application/json";

        /** Of JSON, if it has a body. */
        public Forward(
                String method,
                String path,
                @Nullable String authorization,
                @Nullable String idempotencyKey,
                @Nullable String ifMatch,
                byte @Nullable [] body) {
            this(method, path, authorization, idempotencyKey, ifMatch, body, JSON);
        }
    }

    /**
     * The owner's answer, whatever it is. A wrong hint costs one retry.
     *
     * @throws ProblemException UNAVAILABLE when the owner was not reached; when it was, but did not answer, OUTCOME_UNKNOWN, or for a
     *     GET, which changes nothing, UNAVAILABLE
     */
    public HttpResponse<byte[]> call(int partition, Forward forward) {
        for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (attempt > 1) {
                pause();
            }
            var answer = hints.findElsewhere(partition).flatMap(hint -> ask(hint.address(), forward));
            if (answer.isPresent()
                    && answer.get().headers().firstValue(NOT_OWNER).isEmpty()) {
                return answer.get();
            }
        }
        throw new ProblemException(
                ProblemType.UNAVAILABLE, "partition " + partition + " has no owner that answers now");
    }

    /** Empty when the peer was not reached, so that nothing happened there. */
    public Optional<HttpResponse<byte[]>> ask(String address, Forward forward) {
        try {
            return Optional.of(send(request(address, forward)));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            LOG.debugf(e, "%s is not reached", address);
            return Optional.empty();
        } catch (IOException e) {
            throw unanswered(forward, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.OUTCOME_UNKNOWN, "the service is stopping", e);
        }
    }

    /** The timeout of a request would end with the answer's head; this one is of the whole answer. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            var late = new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static ProblemException unanswered(Forward forward, IOException cause) {
        return forward.method().equals("GET")
                ? new ProblemException(ProblemType.UNAVAILABLE, "the owner did not answer (%s)".formatted(cause), cause)
                : new OutcomeUnknownException(
                        "the owner did not answer (%s)".formatted(cause), forward.idempotencyKey(), cause);
    }

    private HttpRequest request(String address, Forward forward) {
        var body = forward.body();
        var request = HttpRequest.newBuilder(URI.create(address + forward.path()))
                .header(HOP, forward.method().equals("GET") ? PASSED_ON : proof.own())
                .header("Content-Type", forward.contentType())
                .method(forward.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (forward.authorization() != null) {
            request.header("Authorization", forward.authorization());
        }
        if (forward.idempotencyKey() != null) {
            request.header("Idempotency-Key", forward.idempotencyKey());
        }
        if (forward.ifMatch() != null) {
            request.header("If-Match", forward.ifMatch());
        }
        return request.build();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(HINT_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
