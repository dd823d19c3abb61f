package io.everstate.bot.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place where what went wrong becomes a response. */
class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response problem(ProblemException exception) {
        return response(Problem.of(exception));
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException exception) {
        return response(Problem.invalid(exception.getConstraintViolations().stream()
                .map(ProblemMapper::violation)
                .toList()));
    }

    /** The two subclasses are named because Quarkus has mappers of its own for them. */
    @ServerExceptionMapper({
        JsonMappingException.class,
        MismatchedInputException.class,
        InvalidFormatException.class,
        UnrecognizedPropertyException.class,
        ValueInstantiationException.class
    })
    Response malformed(JsonMappingException exception) {
        if (exception.getCause() instanceof ProblemException problem) {
            return problem(problem);
        }
        var field = exception.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return response(Problem.invalid(List.of(new Violation(field.isEmpty() ? "body" : field, meaning(exception)))));
    }

    private static String meaning(JsonMappingException exception) {
        return switch (exception) {
            case UnrecognizedPropertyException unknown ->
                "is not known here; known are " + unknown.getKnownPropertyIds();
            case InvalidFormatException format
            when format.getTargetType().isEnum() -> {
                var values = Arrays.toString(format.getTargetType().getEnumConstants());
                yield "must be one of %s, not \"%s\"".formatted(values, format.getValue());
            }
            case ValueInstantiationException refused
            when refused.getCause() != null ->
                firstLine(String.valueOf(refused.getCause().getMessage()));
            case MismatchedInputException mismatched -> "must be " + wanted(mismatched.getTargetType());
            default -> firstLine(exception.getOriginalMessage());
        };
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == Amount.class) {
            return "a number, with a fraction as a text like \"1.5\"";
        }
        if (type != null && Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        return type == String.class ? "a text" : "an object";
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    Response unauthenticated(SecurityException exception) {
        LOG.debug("a call without a valid token", exception);
        var problem = Problem.of(
                ProblemType.UNAUTHENTICATED, "send Authorization: Bearer <token> with a token that is valid");
        return Response.fromResponse(response(problem))
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException exception) {
        LOG.debug("a call without the role", exception);
        return response(Problem.of(ProblemType.FORBIDDEN, "the token does not carry the role that this call needs"));
    }

    @ServerExceptionMapper
    Response http(WebApplicationException exception) {
        var status = exception.getResponse().getStatus();
        if (exception.getCause() instanceof JsonMappingException mapping) {
            return malformed(mapping);
        }
        if (exception.getCause() instanceof ProblemException problem) {
            return problem(problem);
        }
        if (exception.getCause() instanceof JsonProcessingException broken) {
            return broken(broken);
        }
        var type = Arrays.stream(ProblemType.values())
                .filter(candidate -> candidate.status() == status)
                .findFirst()
                .orElse(status < 500 ? ProblemType.INVALID : ProblemType.INTERNAL);
        var cause = exception.getCause() == null ? exception : exception.getCause();
        return response(Problem.of(type, firstLine(String.valueOf(cause.getMessage()))));
    }

    @ServerExceptionMapper
    Response defect(RuntimeException exception) {
        LOG.error("a request failed by a defect", exception);
        return response(Problem.of(ProblemType.INTERNAL, "an error of the service; its log tells more"));
    }

    private static Response broken(JsonProcessingException exception) {
        var place = exception.getLocation();
        var where = place == null ? "" : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
        return response(Problem.of(
                ProblemType.INVALID,
                "the body is no JSON%s: %s".formatted(where, firstLine(exception.getOriginalMessage()))));
    }

    private static Violation violation(ConstraintViolation<?> violation) {
        var path = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .map(Path.Node::toString)
                .skip(2) // the method and its parameter
                .collect(Collectors.joining("."));
        return new Violation(path.isEmpty() ? lastName(violation) : path, violation.getMessage());
    }

    private static String lastName(ConstraintViolation<?> violation) {
        var path = violation.getPropertyPath().toString();
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static Response response(Problem problem) {
        var response = Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE);
        return problem.retryable() ? response.header("Retry-After", 1).build() : response.build();
    }
}
