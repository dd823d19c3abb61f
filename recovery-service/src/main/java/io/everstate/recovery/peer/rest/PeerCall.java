package io.everstate.recovery.peer.rest;

import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.recovery.peer.PeerException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one place that turns a failed call to a peer into a {@link PeerException}. */
final class PeerCall {
    private static final Logger LOG = Logger.getLogger(PeerCall.class);

    /** Of a call with all the pages that it turns. */
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private PeerCall() {}

    /**
     * Returns or throws at the deadline at the latest. The client's own time-out ends with an answer's head, so a body that stalls would
     * hold the caller for ever.
     */
    static <T> T to(String peer, Supplier<T> call) {
        var answer = new FutureTask<>(call::get);
        Thread.ofVirtual().name("call-" + peer).start(answer);
        try {
            return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(peer, e.getCause());
        } catch (TimeoutException e) {
            throw PeerException.silent(peer, "TimeoutException", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PeerException.silent(peer, "interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static RuntimeException failed(String peer, @Nullable Throwable failure) {
        return switch (failure) {
            case WebApplicationException e -> refused(peer, e);
            case ProcessingException e ->
                PeerException.silent(peer, rootOf(e).getClass().getSimpleName(), e);
            case RuntimeException e -> e;
            case null, default -> new IllegalStateException("a call to " + peer + " broke", failure);
        };
    }

    private static Throwable rootOf(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static PeerException refused(String peer, WebApplicationException failure) {
        var response = failure.getResponse();
        var detail = peer + " answers " + response.getStatus() + detailOf(response);
        return new PeerException(typeOf(response.getStatus()), detail, failure);
    }

    /** An expired token may be renewed and a defect may pass: both are worth a repetition. */
    private static ProblemType typeOf(int status) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status && status < 500 && status != 401)
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
