package io.everstate.bot.configuration;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.critical.CriticalChanges;
import io.everstate.bot.ownership.RefusedException;
import io.everstate.contracts.bot.BotCommand.ConfigureBot;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.ConfigurationVersion;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/** A change of a bot's configuration, which takes effect only on the version that its caller had read. */
@ApplicationScoped
public class ConfigurationChange {
    private final OwnerCalls calls;
    private final CriticalChanges critical;

    ConfigurationChange(OwnerCalls calls, CriticalChanges critical) {
        this.calls = calls;
        this.critical = critical;
    }

    /** @param warnings what was asked for and is not done */
    public record Changed(BotConfiguration configuration, List<String> warnings) {}

    /** @param warnings what was asked for and not done */
    record ConfiguredView(ConfigurationVersion present, List<String> warnings) {}

    /**
     * Carried out where the bot is owned; answered with the new version and its ETag.
     *
     * @param change of the bot as its owner has it
     * @throws ProblemException PRECONDITION_REQUIRED when the call does not say which version it is for
     */
    public Response carryOut(BotId bot, String by, Call call, Function<BotState, Changed> change) {
        if (call.ifMatch() == null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED, "send If-Match with the ETag of the configuration you changed");
        }
        return critical.carryOut(
                "the configuration of bot " + bot + " changes",
                by,
                call,
                () -> calls.at(bot, call, () -> {
                    var view = configured(bot, by, call, change);
                    return tagged(view.present(), view);
                }));
    }

    private ConfiguredView configured(BotId bot, String by, Call call, Function<BotState, Changed> change) {
        var state = calls.present(bot);
        var changed = change.apply(state);
        var command = new OnlyIf(
                now -> now != null && tagOf(now.configurationVersion()).equals(call.ifMatch()),
                new ConfigureBot(changed.configuration(), by));
        try {
            var present =
                    calls.execute(bot, command, call.idempotencyKey()).state().configurationVersion();
            return new ConfiguredView(present, changed.warnings());
        } catch (RefusedException e) {
            throw e.refusal() == Refusal.SUPERSEDED ? changedSince(state, e) : e;
        }
    }

    static Response tagged(ConfigurationVersion version, Object body) {
        return Response.ok(body).header(HttpHeaders.ETAG, tagOf(version)).build();
    }

    private static ProblemException changedSince(BotState state, RefusedException cause) {
        return new ProblemException(
                ProblemType.PRECONDITION_FAILED,
                "the configuration's ETag is " + tagOf(state.configurationVersion()) + " now; read it again",
                cause);
    }

    /** Number and hash: a checkpoint that carries an older state may use a number again. */
    private static String tagOf(ConfigurationVersion version) {
        return "\"%d-%s\"".formatted(version.number(), version.hash().substring(0, 12));
    }
}
