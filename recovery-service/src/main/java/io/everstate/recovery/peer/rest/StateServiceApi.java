package io.everstate.recovery.peer.rest;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/bots")
@RegisterRestClient(configKey = "state-service")
@RegisterProvider(ServiceToken.class)
interface StateServiceApi {
    @GET
    Page<BotState> bots(@QueryParam("limit") int limit, @QueryParam("after") @Nullable String after);
}
