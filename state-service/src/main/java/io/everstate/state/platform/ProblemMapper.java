package io.everstate.state.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error as {@code application/problem+json}: the one place that turns what was thrown into an answer. */
final class ProblemMapper {
    private static final int SERVER_ERROR = 500;
    private static final int RETRY_SECONDS = 1;
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response problem(ProblemException exception) {
        return answer(Problem.of(exception));
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated() {
        var problem = Problem.of(ProblemType.UNAUTHENTICATED, "send a valid bearer token");
        return Response.fromResponse(answer(problem))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper(ForbiddenException.class)
    Response forbidden() {
        return answer(Problem.of(ProblemType.FORBIDDEN, "the token's roles do not allow this"));
    }

    /** Takes the place of Quarkus' own mapper of this very class. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException exception) {
        return answer(unreadableJson(exception));
    }

    @ServerExceptionMapper
    Response unreadable(JsonMappingException exception) {
        return answer(unreadableJson(exception));
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException exception) {
        if (exception.getCause() instanceof JsonProcessingException malformed) {
            return answer(unreadableJson(malformed));
        }
        var status = exception.getResponse().getStatus();
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status)
                .findFirst()
                .map(type -> answer(Problem.of(type, String.valueOf(exception.getMessage()))))
                .orElseGet(() -> status < SERVER_ERROR ? exception.getResponse() : unexpected(exception));
    }

    @ServerExceptionMapper
    Response unexpected(Throwable exception) {
        var unavailable = DatabaseUnavailableException.in(exception);
        if (unavailable != null) {
            return answer(Problem.of(unavailable));
        }
        LOG.error("a request failed by a defect", exception);
        return answer(Problem.of(ProblemType.INTERNAL, "see the service's log"));
    }

    private static Problem unreadableJson(JsonProcessingException exception) {
        var location = exception.getLocation();
        var place =
                location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
        var message = place + exception.getOriginalMessage();
        var field = exception instanceof JsonMappingException mapping ? fieldOf(mapping) : "";
        return field.isEmpty()
                ? Problem.of(ProblemType.INVALID, "malformed JSON, " + message)
                : Problem.invalid(List.of(new Problem.Violation(field, "cannot be read, " + message)));
    }

    private static String fieldOf(JsonMappingException exception) {
        return exception.getPath().stream()
                .map(reference -> reference.getFieldName() == null
                        ? String.valueOf(reference.getIndex())
                        : reference.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, problem.retryable() ? RETRY_SECONDS : null)
                .entity(problem)
                .build();
    }
}
