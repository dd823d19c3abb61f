package io.everstate.state.peer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotState;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/bots/{id}")
@RegisterRestClient(configKey = "bot-service")
@RegisterProvider(ServiceToken.class)
interface BotServiceApi {
    /**
     * A whole state to go back to.
     *
     * @param symbol the only market to go back in; null for all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Restore(BotState state, @Nullable String symbol) {}

    @POST
    @Path("/force-save")
    Response forceSave(@PathParam("id") UUID bot, @HeaderParam("Idempotency-Key") @Nullable String key);

    @POST
    @Path("/start")
    Response start(@PathParam("id") UUID bot, @HeaderParam("Idempotency-Key") @Nullable String key);

    @POST
    @Path("/stop")
    Response stop(@PathParam("id") UUID bot, @HeaderParam("Idempotency-Key") @Nullable String key);

    @POST
    @Path("/restore")
    Response restore(
            @PathParam("id") UUID bot,
            @QueryParam("dryRun") @Nullable Boolean dryRun,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            Restore wanted);
}
