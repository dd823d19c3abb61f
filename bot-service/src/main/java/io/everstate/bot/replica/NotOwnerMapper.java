package io.everstate.bot.replica;

import io.everstate.bot.ownership.NotOwnerException;
import io.everstate.contracts.problem.Problem;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Tells a replica that passed a request on that its hint is wrong, so that it may ask another one. */
class NotOwnerMapper {
    @ServerExceptionMapper
    Response notOwner(NotOwnerException exception) {
        return Response.status(exception.type().status())
                .entity(Problem.of(exception))
                .type(Problem.MEDIA_TYPE)
                .header("Retry-After", 1)
                .header(PeerGateway.NOT_OWNER, 1)
                .build();
    }
}
