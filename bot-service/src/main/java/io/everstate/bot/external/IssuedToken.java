package io.everstate.bot.external;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.platform.BotCredential;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is told about a bot's token.
 *
 * @param token null when the request was a repetition: its first answer had it, and nobody kept it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IssuedToken(BotId bot, String name, @Nullable String token, String note) {

    /** @param minted counts if the bot's state has its hash now; if not, an earlier call with the same key was granted */
    static IssuedToken of(BotState bot, String minted) {
        var external = bot.external();
        var counts = external != null && BotCredential.hash(minted).equals(external.tokenHash());
        return new IssuedToken(
                bot.id(),
                bot.configuration().name(),
                counts ? minted : null,
                counts
                        ? "keep the token now, it is not shown again"
                        : "this repeats an earlier request, whose answer had the token; POST .../token makes another one");
    }

    Response.ResponseBuilder answer(int status, long sequence) {
        return Response.status(status)
                .entity(this)
                .header(OwnerCalls.SEQUENCE, sequence)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
