package io.everstate.state.peer;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@Path("/api/v1/critical-changes")
@RegisterRestClient(configKey = "critical-changes")
@RegisterProvider(ServiceToken.class)
interface CriticalChangeApi {
    /** @param by who asked this service for it */
    record Change(String change, String by) {}

    @POST
    Response before(Change change);
}
