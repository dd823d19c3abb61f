package io.everstate.recovery.peer.rest;

import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.recovery.peer.PeerException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The one place that turns a failed call to a peer into a {@link PeerException}. */
final class PeerCall {
    private static final Logger LOG = Logger.getLogger(PeerCall.class);

    private PeerCall() {}

    static <T> T to(String peer, Supplier<T> call) {
        try {
            return call.get();
        } catch (WebApplicationException e) {
            throw refused(peer, e);
        } catch (ProcessingException e) {
            throw PeerException.silent(peer, rootOf(e).getClass().getSimpleName(), e);
        }
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
