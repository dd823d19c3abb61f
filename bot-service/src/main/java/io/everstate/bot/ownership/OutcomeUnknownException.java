package io.everstate.bot.ownership;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** A command may or may not have taken effect; says how its caller finds out. */
public final class OutcomeUnknownException extends ProblemException {

    /** @param idempotencyKey of the request, or null when it had none */
    public OutcomeUnknownException(String why, @Nullable String idempotencyKey, @Nullable Throwable cause) {
        super(ProblemType.OUTCOME_UNKNOWN, why + "; " + advice(idempotencyKey), cause);
    }

    private static String advice(@Nullable String key) {
        return key == null
                ? "it came without an idempotency key: look at the bot before you repeat it"
                : "repeat the request with the idempotency key " + key;
    }
}
