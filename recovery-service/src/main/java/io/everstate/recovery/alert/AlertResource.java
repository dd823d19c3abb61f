package io.everstate.recovery.alert;

import io.everstate.contracts.recovery.AlertView;
import io.everstate.contracts.view.Page;
import io.everstate.recovery.alert.AlertOutbox.Kept;
import io.everstate.recovery.platform.PageCut;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/alerts")
@RunOnVirtualThread
class AlertResource {
    private static final String EXAMPLE = """
            {"items": [{"id": "0190f5c2-7b1e-7c3a-9d54-1f0a6b2c3d4e", "kind": "disaster-detected", "severity": "critical",
              "text": "SYSTEM_CRASH (8 of 10) of bot-service", "raisedAt": "2026-11-21T10:15:30Z",
              "sentAt": "2026-11-21T10:15:31Z", "attempts": 1, "delivery": "SENT"}]}""";

    private final AlertOutbox outbox;

    AlertResource(AlertOutbox outbox) {
        this.outbox = outbox;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Alerts, the newest first, sent or not")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(mediaType = "application/json", examples = @ExampleObject(name = "sent", value = EXAMPLE)))
    public Page<AlertView> alerts(
            @Parameter(description = "1 to 1000", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next of the page before") @QueryParam("after") @Nullable String after) {
        return PageCut.of(outbox::newest, limit, after, kept -> kept.alert().id(), AlertResource::view);
    }

    private static AlertView view(Kept kept) {
        var alert = kept.alert();
        var delivery = kept.delivery();
        return new AlertView(
                alert.id(),
                alert.kind().label(),
                alert.kind().severity().label(),
                alert.text(),
                alert.at(),
                delivery instanceof Delivery.Sent sent ? sent.at() : null,
                delivery.attempts(),
                switch (delivery) {
                    case Delivery.Waiting waiting -> AlertView.Delivery.WAITING;
                    case Delivery.Sent sent -> AlertView.Delivery.SENT;
                    case Delivery.Refused refused -> AlertView.Delivery.REFUSED;
                    case Delivery.GivenUp givenUp -> AlertView.Delivery.GIVEN_UP;
                },
                delivery.lastProblem());
    }
}
