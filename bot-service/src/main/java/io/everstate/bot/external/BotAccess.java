package io.everstate.bot.external;

import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.ownership.CommandResult;
import io.everstate.bot.ownership.NotOwnerException;
import io.everstate.bot.ownership.RefusedException;
import io.everstate.bot.platform.BotCredential;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RecordExternally;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.SecurityContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one door for calls of bots. A token's form gives its bearer the role, no more; here its hash is compared with the one in the state of
 * the bot, at the bot's owner, and once more when the command's turn comes: a token that was replaced meanwhile is dead.
 */
@ApplicationScoped
public class BotAccess {
    private static final Logger LOG = Logger.getLogger(BotAccess.class);

    private final OwnerCalls calls;

    BotAccess(OwnerCalls calls) {
        this.calls = calls;
    }

    /**
     * Who calls, for the bot of the address; can be asked at every replica.
     *
     * @throws ForbiddenException when it is another bot, or no bot
     */
    public static BotCredential credential(SecurityContext security, BotId bot) {
        if (security.getUserPrincipal() instanceof BotCredential credential) {
            return of(credential, bot);
        }
        throw new ForbiddenException("not a bot's token");
    }

    /** As {@link #credential}, of a token that came in the address. */
    public static BotCredential of(BotCredential credential, BotId bot) {
        if (!credential.bot().equals(bot)) {
            throw new ForbiddenException("another bot's token");
        }
        return credential;
    }

    /**
     * The bot whose token it is; only to be asked where it is owned.
     *
     * @throws AuthenticationFailedException unless the token is the bot's present one
     * @throws ProblemException NOT_FOUND when it is, but the bot was deleted
     */
    public BotState require(BotCredential credential) {
        var state = calls.known(credential.bot()).filter(known -> isOf(credential, known));
        if (state.isEmpty()) {
            throw refused(null);
        }
        return calls.present(credential.bot());
    }

    /**
     * Whether this replica knows the token to be good; false when it cannot know, because another one owns the bot.
     *
     * @throws AuthenticationFailedException when it knows that the token is not
     * @throws ProblemException NOT_FOUND when the bot was deleted
     */
    public boolean vouches(BotCredential credential) {
        try {
            require(credential);
            return true;
        } catch (NotOwnerException e) {
            LOG.debugf(e, "the owner of bot %s will judge", credential.bot());
            return false;
        }
    }

    /** Records what the bot told, if its token still is good when the command's turn comes. */
    public CommandResult record(BotCredential credential, ExternalEvent event, @Nullable String key) {
        require(credential);
        try {
            var command = new OnlyIf(now -> now != null && isOf(credential, now), new RecordExternally(event));
            return calls.execute(credential.bot(), command, key);
        } catch (RefusedException e) {
            throw switch (e.refusal()) {
                case SUPERSEDED -> refused(e);
                case DELETED -> new ProblemException(ProblemType.NOT_FOUND, e.detail(), e);
                default -> e;
            };
        }
    }

    private static AuthenticationFailedException refused(@Nullable Throwable cause) {
        return new AuthenticationFailedException("not the bot's present token", cause);
    }

    private static boolean isOf(BotCredential credential, BotState state) {
        var external = state.external();
        return external != null && external.tokenHash() != null && credential.hasHash(external.tokenHash());
    }
}
