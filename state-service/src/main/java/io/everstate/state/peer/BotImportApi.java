package io.everstate.state.peer;

import io.everstate.contracts.view.BotImport;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@Path("/api/v1/imported-bots")
@RegisterRestClient(configKey = "bot-service")
@RegisterProvider(ServiceToken.class)
interface BotImportApi {
    @POST
    Response make(@HeaderParam("Idempotency-Key") String key, @QueryParam("dryRun") boolean dryRun, BotImport bot);
}
