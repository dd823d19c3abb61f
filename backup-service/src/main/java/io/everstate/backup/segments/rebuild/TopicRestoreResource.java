package io.everstate.backup.segments.rebuild;

import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.contracts.backup.TopicRestoreRequest;
import io.everstate.contracts.backup.TopicRestoreView;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/topic-restores")
@Tag(name = "Segments")
final class TopicRestoreResource {
    private static final Pattern TOPIC_ID = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private final TopicRestores restores;

    TopicRestoreResource(TopicRestores restores) {
        this.restores = restores;
    }

    @POST
    @RolesAllowed("admin")
    @Operation(
            summary = "Make the event log again from its segments, or check all of them",
            description =
                    "From the bucket alone. The topic must be empty or not there; it ends at the first gap or damage, which it names.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = TopicRestoreRequest.class),
                            examples = {
                                @ExampleObject(
                                        name = "restore",
                                        value =
                                                "{\"topicId\":\"q3ZbH1b7RkWm0y8b2V5uXg\",\"topic\":\"everstate.bot.events\"}"),
                                @ExampleObject(
                                        name = "check",
                                        value = "{\"topicId\":\"q3ZbH1b7RkWm0y8b2V5uXg\",\"dryRun\":true}")
                            }))
    @APIResponse(responseCode = "202", description = "Accepted; Location is its address, at this replica")
    @APIResponse(responseCode = "409", description = "Another one runs")
    public Response start(@NotNull TopicRestoreRequest request) {
        var topicId = matching("topicId", request.topicId(), TOPIC_ID);
        var topic = Boolean.TRUE.equals(request.dryRun()) ? null : matching("topic", request.topic(), TOPIC);
        var begun = restores.start(topicId, topic);
        return Response.accepted(begun)
                .location(URI.create("/api/v1/topic-restores/" + begun.id()))
                .build();
    }

    private static String matching(String field, @Nullable String value, Pattern pattern) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw new InvalidRequestException(field, "must be given, and match " + pattern);
        }
        return value;
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "The last restore or check that this replica began")
    @APIResponse(responseCode = "404", description = "It is not known here, or not the last one")
    public TopicRestoreView one(@PathParam("id") UUID id) {
        return restores.find(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "there is no such restore of a topic, or another replica has it"));
    }
}
