package io.everstate.bot.platform;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Who did what, when, with which outcome: one line of the log category {@code audit} for each call that acts. */
class AuditLog {
    private static final Logger AUDIT = Logger.getLogger("audit");

    @ServerResponseFilter
    void record(ContainerRequestContext request, ContainerResponseContext response) {
        if (!request.getMethod().equals("GET")) {
            var principal = request.getSecurityContext().getUserPrincipal();
            AUDIT.infof(
                    "%s %s %s -> %d",
                    principal == null ? "nobody" : principal.getName(),
                    request.getMethod(),
                    TokenMask.masked(request.getUriInfo().getRequestUri().getRawPath()),
                    response.getStatus());
        }
    }
}
