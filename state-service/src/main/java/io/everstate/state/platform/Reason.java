package io.everstate.state.platform;

import io.everstate.contracts.problem.InvalidException;
import org.jspecify.annotations.Nullable;

/** Why a person does something, as it is given with the request. */
public final class Reason {
    private static final int LONGEST = 500;

    private Reason() {}

    /**
     * In one line, for it goes into a log.
     *
     * @param of what it is the reason: "it is done"
     * @throws InvalidException without one, or with a long one
     */
    public static String required(@Nullable String reason, String of) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
            throw Invalid.field("reason", "must say in %d characters at most why %s".formatted(LONGEST, of));
        }
        return reason.strip().replaceAll("\\p{Cntrl}+", " ");
    }
}
