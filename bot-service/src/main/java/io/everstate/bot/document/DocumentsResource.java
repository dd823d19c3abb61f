package io.everstate.bot.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.bot.external.BotAccess;
import io.everstate.bot.platform.BotCredential;
import io.everstate.bot.platform.LargestBody;
import io.everstate.bot.registry.Call;
import io.everstate.bot.registry.OwnerCalls;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.SavedDocument;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** A bot's own checkpoints: any bytes of any type, which nobody here reads. */
@Path("/api/v1/external-bots/{id}/checkpoints")
@RunOnVirtualThread
class DocumentsResource {
    private static final int CREATED = 201;
    private static final int LONGEST_TYPE = 200;
    /** Each takes some megabytes until it counts, of a heap that may have 128. */
    private static final int AT_ONCE = 8;

    private final OwnerCalls calls;
    private final BotAccess access;
    private final DocumentStore documents;
    private final Semaphore room = new Semaphore(AT_ONCE);

    DocumentsResource(OwnerCalls calls, BotAccess access, DocumentStore documents) {
        this.calls = calls;
        this.access = access;
        this.documents = documents;
    }

    /**
     * @param sequence of the event that saved it; of a repetition, that of the first
     * @param sha256 null, and so the size, when a repetition came after another checkpoint was saved
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SavedView(
            long sequence,
            @Nullable String sha256,
            @Nullable Long size) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("bot")
    @LargestBody(ExternalEvent.LARGEST_INLINE)
    @Operation(summary = "Save a checkpoint of the bot's own; with an Idempotency-Key it is safe to repeat")
    public Response save(
            @PathParam("id") String id,
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context SecurityContext security,
            @Context ContainerRequestContext request)
            throws IOException {
        var credential = BotAccess.credential(security, OwnerCalls.botId(id));
        var type = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : contentType;
        if (type.length() > LONGEST_TYPE) {
            throw new InvalidException(List.of(
                    new Violation(HttpHeaders.CONTENT_TYPE, "must have at most " + LONGEST_TYPE + " characters")));
        }
        access.requireWhereOwned(credential);
        if (!room.tryAcquire()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "too many checkpoints are being saved now");
        }
        try {
            var content = body.readAllBytes();
            var call = Call.of(request).with(content, type);
            return calls.at(credential.bot(), call, () -> saved(credential, type, content, call));
        } finally {
            room.release();
        }
    }

    private Response saved(BotCredential credential, String type, byte[] content, Call call) {
        var saved = documents.save(credential, type, content, call.idempotencyKey());
        var sequence = saved.result().sequence();
        return Response.status(CREATED)
                .entity(view(sequence, saved.document()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(OwnerCalls.SEQUENCE, sequence)
                .location(URI.create(call.path() + "/newest"))
                .build();
    }

    private static SavedView view(long sequence, @Nullable Document document) {
        return document == null
                ? new SavedView(sequence, null, null)
                : new SavedView(sequence, document.sha256(), document.size());
    }

    @GET
    @Path("/newest")
    @Produces(MediaType.WILDCARD)
    @RolesAllowed({"bot", "viewer"})
    @Operation(summary = "The newest checkpoint as it was saved; its ETag is its SHA-256")
    public Response newest(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        var bot = OwnerCalls.botId(id);
        var credential = security.isUserInRole("viewer") ? null : BotAccess.credential(security, bot);
        return calls.at(bot, Call.of(request), () -> newest(bot, credential));
    }

    private Response newest(BotId bot, @Nullable BotCredential credential) {
        var state = credential == null ? calls.present(bot) : access.require(credential);
        var saved = newestOf(state);
        var document = saved.document();
        return Response.ok(documents.read(state, saved))
                .header(HttpHeaders.CONTENT_TYPE, document.contentType())
                .header(HttpHeaders.ETAG, "\"" + document.sha256() + "\"")
                .header(OwnerCalls.SEQUENCE, saved.sequence())
                // a stranger's bytes: no browser shall show them as a page of this service
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static SavedDocument newestOf(BotState state) {
        var newest = state.external() == null ? null : state.external().document();
        if (newest == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "bot " + state.id() + " has not saved a checkpoint");
        }
        return newest;
    }
}
