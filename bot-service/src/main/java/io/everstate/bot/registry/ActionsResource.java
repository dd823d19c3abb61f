package io.everstate.bot.registry;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.critical.CriticalChanges;
import io.everstate.bot.fleet.Fleet;
import io.everstate.bot.fleet.FleetService;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Selector;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Gatherers;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** One action on many bots. Each is an action of its own: some may be refused while others are done, and the answer tells which. */
@Path("/api/v1/bots/actions")
@RunOnVirtualThread
class ActionsResource {
    private static final int PAGE = 1000;
    private static final int AT_ONCE = 64;
    private static final int SUCCESSES = 300;

    private final Fleet fleet;
    private final FleetService service;
    private final OwnerCalls calls;
    private final CriticalChanges critical;
    private final JsonFormat json;

    ActionsResource(Fleet fleet, FleetService service, OwnerCalls calls, CriticalChanges critical, JsonFormat json) {
        this.fleet = fleet;
        this.service = service;
        this.calls = calls;
        this.critical = critical;
        this.json = json;
    }

    /** @param selector which bots; an empty text means all */
    record ActionsRequest(
            @NotNull(message = "must be given") Action action,

            @NotNull(message = "must be given") @Schema(examples = "strategy=sma-cross,env=prod")
            String selector) {}

    /** @param status as the action on that bot alone would have been answered */
    record Result(
            String bot, String name, int status, @Nullable String detail) {}

    /** @param results of every bot that was meant, by id */
    record ActionsView(int done, int refused, List<Result> results) {}

    @POST
    @RolesAllowed("operator")
    @Operation(summary = "Do the same to all bots that a selector means; the answer tells what came of each")
    @APIResponseSchema(ActionsView.class)
    public Response act(
            @Valid @NotNull ActionsRequest wanted,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var action = wanted.action();
        var selector = Selector.of(wanted.selector());
        var call = Call.of(request);
        var by = security.getUserPrincipal().getName();
        var meant = meant(selector, call);
        return action == Action.START && !meant.isEmpty()
                ? critical.carryOut(
                        "%d bots are started".formatted(meant.size()), by, call, () -> done(action, meant, by, call))
                : done(action, meant, by, call);
    }

    private Response done(Action action, List<BotState> meant, String by, Call call) {
        var results = meant.stream()
                .gather(Gatherers.mapConcurrent(AT_ONCE, bot -> result(action, bot, by, call)))
                .toList();
        var done = Math.toIntExact(
                results.stream().filter(result -> result.status() < SUCCESSES).count());
        return Response.ok(new ActionsView(done, results.size() - done, results))
                .build();
    }

    private List<BotState> meant(Selector selector, Call call) {
        var meant = new ArrayList<BotState>();
        String after = null;
        do {
            var page = service.list(PAGE, after, call.authorization());
            if (page.degraded() != null) {
                throw new ProblemException(
                        ProblemType.UNAVAILABLE, page.degraded().why() + "; nothing was done to any");
            }
            page.items().stream().filter(selector::means).forEach(meant::add);
            after = page.next();
        } while (after != null);
        return meant;
    }

    private Result result(Action action, BotState bot, String by, Call call) {
        var id = bot.id().toString();
        try {
            var response = calls.command(id, call.to(action.path(bot.id()), id), action.command(bot.id(), fleet, by));
            return new Result(id, bot.configuration().name(), response.getStatus(), detail(response));
        } catch (ProblemException e) {
            return new Result(id, bot.configuration().name(), e.type().status(), e.detail());
        }
    }

    /** Of a refusal that came from another replica. */
    private @Nullable String detail(Response response) {
        if (response.getStatus() < SUCCESSES || !(response.getEntity() instanceof byte[] body)) {
            return null;
        }
        try {
            return json.read(body, Problem.class).detail();
        } catch (UnreadableRecordException e) {
            return "answered " + response.getStatus();
        }
    }
}
