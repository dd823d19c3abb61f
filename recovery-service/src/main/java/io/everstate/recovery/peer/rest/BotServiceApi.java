package io.everstate.recovery.peer.rest;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/bots")
@RegisterRestClient(configKey = "bot-service")
@RegisterProvider(ServiceToken.class)
interface BotServiceApi {
    @GET
    Page<BotState> bots(@QueryParam("limit") int limit, @QueryParam("after") @Nullable String after);

    @POST
    @Path("/{id}/start")
    BotState start(@PathParam("id") UUID id);

    @POST
    @Path("/{id}/stop")
    BotState stop(@PathParam("id") UUID id);
}
