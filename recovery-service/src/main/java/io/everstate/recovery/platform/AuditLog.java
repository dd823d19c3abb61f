package io.everstate.recovery.platform;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** A log line for each acting call: who, what, outcome; the log adds when. */
final class AuditLog {
    private static final Logger LOG = Logger.getLogger("audit");

    @ServerResponseFilter
    void record(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getMethod().equals("GET")) {
            return;
        }
        var caller = Optional.ofNullable(request.getSecurityContext().getUserPrincipal());
        LOG.infof(
                "%s %s %s -> %d",
                caller.map(principal -> principal.getName()).orElse("nobody"),
                request.getMethod(),
                request.getUriInfo().getPath(),
                response.getStatus());
    }
}
