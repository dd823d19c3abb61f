package io.everstate.state.peer;

import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Another service.
 *
 * @param deadline for one question with all of its answer
 */
record Peer(String name, Duration deadline) {
    static final Peer BOT_SERVICE = new Peer("bot-service", Duration.ofSeconds(10));
    /** It reads a segment from the storage, and checks it, before it answers. */
    static final Peer BACKUP_SERVICE = new Peer("backup-service", Duration.ofSeconds(30));

    private static final Logger LOG = Logger.getLogger(Peer.class);
    private static final int SERVER_ERROR = 500;
    private static final int UNAUTHENTICATED = 401;

    /** The same for a question that takes longer. */
    Peer within(Duration longer) {
        return new Peer(name, longer);
    }

    /** The client's own time-out ends with an answer's head, so a body that stalls would hold the caller for ever. */
    <T> T call(Supplier<Response> question, Function<Response, T> read) {
        var answer = new FutureTask<>(() -> {
            try (var response = question.get()) {
                return read.apply(response);
            }
        });
        Thread.ofVirtual().name("call-" + name).start(answer);
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            throw silent("no whole answer within " + deadline, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private PeerException silent(String why, Throwable cause) {
        return new PeerException(ProblemType.UNAVAILABLE, name + " does not answer: " + why, cause);
    }

    private RuntimeException failed(@Nullable Throwable failure) {
        return switch (failure) {
            case WebApplicationException e -> refused(e);
            case ProcessingException e when e.getCause() instanceof PeerException ours -> ours;
            case ProcessingException e -> silent(e.getClass().getSimpleName(), e);
            case RuntimeException e -> e;
            case null, default -> new IllegalStateException("a call to " + name + " broke", failure);
        };
    }

    private PeerException refused(WebApplicationException failure) {
        var response = failure.getResponse();
        var detail = name + " answers " + response.getStatus() + detailOf(response);
        return new PeerException(typeOf(response.getStatus()), detail, failure);
    }

    /** An expired token may be renewed and a defect may pass: both are worth a repetition. */
    private static ProblemType typeOf(int status) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status && status < SERVER_ERROR && status != UNAUTHENTICATED)
                .findFirst()
                .orElse(ProblemType.UNAVAILABLE);
    }

    private static String detailOf(Response response) {
        try {
            return response.hasEntity()
                    ? ": " + response.readEntity(Problem.class).detail()
                    : "";
        } catch (RuntimeException e) {
            LOG.debug("a refusal without a readable problem body", e);
            return "";
        }
    }
}
