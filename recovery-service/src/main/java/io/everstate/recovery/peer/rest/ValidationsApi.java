package io.everstate.recovery.peer.rest;

import io.everstate.contracts.view.Page;
import io.everstate.recovery.peer.Validations.Found;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@Path("/api/v1/validations")
@RegisterRestClient(configKey = "state-service")
@RegisterProvider(ServiceToken.class)
interface ValidationsApi {
    @GET
    Page<Found> newest(@QueryParam("limit") int limit);
}
