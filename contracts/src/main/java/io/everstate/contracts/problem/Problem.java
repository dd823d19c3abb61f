package io.everstate.contracts.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code application/problem+json} (RFC 9457) with the extensions {@code retryable} and {@code violations}.
 *
 * @param violations the fields that are wrong, when the request named them; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        boolean retryable,
        @Nullable List<Violation> violations) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** One wrong field of a request. */
    public record Violation(String field, String message) {}

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type.uri(), type.title(), type.status(), detail, type.retryable(), null);
    }

    public static Problem of(ProblemException exception) {
        return exception instanceof InvalidException invalid
                ? invalid(invalid.violations())
                : of(exception.type(), exception.detail());
    }

    public static Problem invalid(List<Violation> violations) {
        var first = violations.getFirst();
        var type = ProblemType.INVALID;
        var detail = first.field() + " " + first.message();
        return new Problem(type.uri(), type.title(), type.status(), detail, type.retryable(), List.copyOf(violations));
    }
}
