package io.everstate.bot.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.external.BotAccess;
import io.everstate.bot.platform.BotCredential;
import io.everstate.bot.platform.LargestBody;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * freqtrade's webhooks. They carry no header of their user's choice, so the token is in the address; it goes no further than this class, and
 * from one replica to another it travels as any other token.
 */
@Path("/api/v1/ingest/freqtrade")
@RunOnVirtualThread
class FreqtradeResource {
    private static final String PATH = "/api/v1/ingest/freqtrade/";
    private static final long LARGEST_MESSAGE = ExternalEvent.LONGEST_CONTENT;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int ERRORS = 300;

    private final OwnerCalls calls;
    private final BotAccess access;
    private final Hints hints;
    private final HintBodies bodies;
    private final FreqtradeMessage messages;

    FreqtradeResource(OwnerCalls calls, BotAccess access, Hints hints, HintBodies bodies, ObjectMapper json) {
        this.bodies = bodies;
        this.calls = calls;
        this.access = access;
        this.hints = hints;
        this.messages = new FreqtradeMessage(json);
    }

    /** @param counts whether the log has it already */
    record TakenView(boolean counts) {}

    @POST
    @Path("/{bot}/{token}")
    @Consumes(MediaType.WILDCARD)
    @PermitAll
    @LargestBody(LARGEST_MESSAGE)
    @Operation(summary = "Take a webhook of freqtrade in any of its three formats, at once; it is a hint")
    public Response take(
            @PathParam("bot") String bot,
            @PathParam("token") String token,
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context ContainerRequestContext request)
            throws IOException {
        var id = OwnerCalls.botId(bot);
        var credential = BotAccess.of(
                BotCredential.of(token).orElseThrow(() -> new AuthenticationFailedException("not a bot's token")), id);
        var type = Objects.requireNonNullElse(contentType, MediaType.TEXT_PLAIN);
        var content = bodies.read(body, access.vouches(credential) || hints.trusts(credential));
        var call = Call.of(request).as("Bearer " + token, PATH + id).with(content, type);
        return answer(credential, key -> here(credential, type, content, call.keyed(key)));
    }

    @GET
    @Path("/{bot}/configuration")
    @RolesAllowed("viewer")
    @Operation(summary = "What to paste into freqtrade's configuration; the token's place says so")
    public Map<String, Object> configuration(
            @PathParam("bot") String bot, @QueryParam("format") @Nullable String format, @Context UriInfo address) {
        var url = address.getBaseUri().resolve(PATH + OwnerCalls.botId(bot) + "/") + FreqtradeSnippet.TOKEN;
        return FreqtradeSnippet.of(url, formatOf(format));
    }

    private static FreqtradeSnippet.Format formatOf(@Nullable String text) {
        return Arrays.stream(FreqtradeSnippet.Format.values())
                .filter(format -> format.name().equalsIgnoreCase(text == null ? "json" : text))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidException(List.of(new Violation("format", "must be one of form, json, raw"))));
    }

    /** As it comes from another replica. */
    @POST
    @Path("/{bot}")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("bot")
    @LargestBody(LARGEST_MESSAGE)
    @Operation(summary = "The same with the token in the header, for senders that can")
    public Response takeWithHeader(
            @PathParam("bot") String bot,
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context SecurityContext security,
            @Context ContainerRequestContext request)
            throws IOException {
        var credential = BotAccess.credential(security, OwnerCalls.botId(bot));
        var type = Objects.requireNonNullElse(contentType, MediaType.TEXT_PLAIN);
        var content = bodies.read(body, access.vouches(credential) || hints.trusts(credential));
        var call = Call.of(request).with(content, type);
        return call.forwarded()
                ? here(credential, type, content, call)
                : answer(credential, key -> here(credential, type, content, call.keyed(key)));
    }

    private Response answer(BotCredential sender, Consumer<String> attempt) {
        var counts = hints.send(sender, access.vouches(sender), attempt);
        return Response.status(counts ? OK : ACCEPTED)
                .entity(new TakenView(counts))
                .build();
    }

    private Response here(BotCredential credential, String type, byte[] content, Call call) {
        var event = messages.read(type, new String(content, StandardCharsets.UTF_8));
        var response = calls.at(credential.bot(), call, () -> {
            access.record(credential, event, call.idempotencyKey());
            return Response.ok(new TakenView(true)).build();
        });
        return passed(response);
    }

    private static void requireDone(int status) {
        if (status >= ERRORS) {
            throw new ProblemException(ProblemType.CONFLICT, "the bot's owner answered " + status);
        }
    }

    /** What another replica said; what it refused is refused here in the same way, so that it can be tried again where that can help. */
    private static Response passed(Response response) {
        switch (response.getStatus()) {
            case 401 -> throw new AuthenticationFailedException("not the bot's present token");
            case 404 -> throw new ProblemException(ProblemType.NOT_FOUND, "the bot was deleted");
            case 503 -> throw new ProblemException(ProblemType.UNAVAILABLE, "the bot's owner cannot record it now");
            default -> requireDone(response.getStatus());
        }
        return response;
    }
}
