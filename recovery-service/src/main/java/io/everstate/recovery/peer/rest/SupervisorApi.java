package io.everstate.recovery.peer.rest;

import io.everstate.contracts.supervision.ServiceView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@Path("/api/v1/services/{name}")
@RegisterRestClient(configKey = "supervisor")
@RegisterProvider(ServiceToken.class)
interface SupervisorApi {
    @GET
    ServiceView service(@PathParam("name") String name);

    @POST
    @Path("/restart")
    Response restart(@PathParam("name") String name);
}
