package io.everstate.bot.document;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.external.BotAccess;
import io.everstate.bot.platform.BotCredential;
import io.everstate.bot.platform.LargestBody;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.SavedDocument;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** A bot's own checkpoints: any bytes of any type, which nobody here reads. */
@Path("/api/v1/external-bots/{id}/checkpoints")
@RunOnVirtualThread
class DocumentsResource {
    private static final int OK = 200;
    /** Each takes some megabytes until it counts, of a heap that may have 128. */
    private static final int AT_ONCE = 8;

    private final OwnerCalls calls;
    private final BotAccess access;
    private final DocumentStore documents;
    private final LargeDocuments large;
    private final Transfers transfers;
    private final JsonFormat json;
    private final TransferRoom room = new TransferRoom(AT_ONCE);

    DocumentsResource(
            OwnerCalls calls,
            BotAccess access,
            DocumentStore documents,
            LargeDocuments large,
            Transfers transfers,
            JsonFormat json) {
        this.calls = calls;
        this.access = access;
        this.documents = documents;
        this.large = large;
        this.transfers = transfers;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("bot")
    @LargestBody(Long.MAX_VALUE)
    @Operation(summary = "Save a checkpoint of the bot's own; with an Idempotency-Key it is safe to repeat")
    public Response save(
            @PathParam("id") String id,
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long announced,
            @Context SecurityContext security,
            @Context ContainerRequestContext request,
            @Context RoutingContext connected)
            throws IOException {
        var credential = BotAccess.credential(security, OwnerCalls.botId(id));
        var type = ContentTypes.accepted(request.getHeaderString(HttpHeaders.CONTENT_TYPE), HttpHeaders.CONTENT_TYPE);
        var call = Call.of(request);
        var known = transfers.known(credential.bot(), credential, call);
        if (known.getStatus() != OK) {
            return known;
        }
        var patient = large.patient(body, () -> hangUpBehindTheAnswer(connected));
        if (announced != null && announced > ExternalEvent.LARGEST_INLINE) {
            large.requireAllowed(announced);
            return transfers.save(credential, type, patient, call);
        }
        byte[] content;
        try (var _ = room.take(credential.bot())) {
            content = patient.readNBytes(ExternalEvent.LARGEST_INLINE + 1);
            if (content.length <= ExternalEvent.LARGEST_INLINE) {
                return inline(credential, type, content, call);
            }
        }
        large.requireAllowed(content.length);
        var all = new SequenceInputStream(new ByteArrayInputStream(content), patient);
        return transfers.save(credential, type, all, call);
    }

    /** Who trickles would go on, and the connection stay for as long as it does. */
    private static void hangUpBehindTheAnswer(RoutingContext connected) {
        connected.addEndHandler(_ -> connected.request().connection().close());
    }

    private Response inline(BotCredential credential, String type, byte[] content, Call call) {
        var told = call.with(content, type);
        return calls.at(credential.bot(), told, () -> {
            var saved = documents.save(credential, type, content, told.idempotencyKey());
            return SavedView.answer(saved, told.path());
        });
    }

    @POST
    @Path("/stored")
    @RolesAllowed("bot")
    @Operation(summary = "As it comes from another replica: record a checkpoint that it has put into object storage")
    public Response stored(
            @PathParam("id") String id,
            @NotNull Document document,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var credential = BotAccess.credential(security, OwnerCalls.botId(id));
        ContentTypes.accepted(document.contentType(), "contentType");
        var call = Call.of(request).with(json.write(document));
        return calls.at(credential.bot(), call, () -> {
            access.require(credential);
            return transfers.record(credential, document, call);
        });
    }

    @GET
    @RolesAllowed({"bot", "viewer"})
    @Operation(
            summary = "What is known of the bot's checkpoints: how many there were, and the newest one's size and hash")
    public Response known(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        var bot = OwnerCalls.botId(id);
        return transfers.known(bot, caller(security, bot), Call.of(request));
    }

    @GET
    @Path("/newest")
    @Produces(MediaType.WILDCARD)
    @RolesAllowed({"bot", "viewer"})
    @Operation(summary = "The newest checkpoint as it was saved; its ETag is its SHA-256")
    public Response newest(
            @PathParam("id") String id,
            @Context SecurityContext security,
            @Context ContainerRequestContext request,
            @Context HttpServerRequest connected) {
        var bot = OwnerCalls.botId(id);
        var caller = caller(security, bot);
        var call = Call.of(request);
        return transfers
                .newest(bot, caller, call, new ConnectedReceiver(connected.connection(), Vertx.currentContext()))
                .orElseGet(() -> calls.at(bot, call, () -> newestInTheLog(bot, caller)));
    }

    /** Null for people. */
    private static @Nullable BotCredential caller(SecurityContext security, BotId bot) {
        return security.isUserInRole("viewer") ? null : BotAccess.credential(security, bot);
    }

    private Response newestInTheLog(BotId bot, @Nullable BotCredential credential) {
        var state = credential == null ? calls.present(bot) : access.require(credential);
        var saved = newestOf(state);
        return SavedView.attachment(saved, documents.read(state, saved)).build();
    }

    private static SavedDocument newestOf(BotState state) {
        var newest = state.external() == null ? null : state.external().document();
        if (newest == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "bot " + state.id() + " has not saved a checkpoint");
        }
        return newest;
    }
}
