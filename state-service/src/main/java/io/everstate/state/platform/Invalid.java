package io.everstate.state.platform;

import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public final class Invalid {
    private static final int LONGEST_KEY = 200;

    private Invalid() {}

    /**
     * A field or parameter of the request has a value that cannot be taken.
     *
     * @param message goes on from the field's name: "must be a whole number"
     */
    public static InvalidException field(String field, String message) {
        return new InvalidException(List.of(new Violation(field, message)));
    }

    /**
     * What a header says by which a repetition is known.
     *
     * @param key null for none
     */
    public static @Nullable String idempotencyKey(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw field("Idempotency-Key", "must have between 1 and " + LONGEST_KEY + " characters");
        }
        return key;
    }

    /**
     * The id that a field or parameter holds.
     *
     * @param message said when it holds none, as in {@link #field}
     */
    public static UUID uuid(String field, String text, String message) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw field(field, message);
        }
    }
}
