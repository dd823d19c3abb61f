package io.everstate.backup.platform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place where an exception becomes an answer. */
final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return e instanceof InvalidRequestException invalid
                ? answer(Problem.invalid(List.of(invalid.violation())))
                : answer(Problem.of(e));
    }

    @ServerExceptionMapper
    Response violations(ConstraintViolationException e) {
        return answer(Problem.invalid(e.getConstraintViolations().stream()
                .map(violation -> new Problem.Violation(leaf(violation), violation.getMessage()))
                .sorted((a, b) -> a.field().compareTo(b.field()))
                .toList()));
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated() {
        var problem = answer(Problem.of(ProblemType.UNAUTHENTICATED, "a valid bearer token is needed"));
        return Response.fromResponse(problem)
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper(ForbiddenException.class)
    Response forbidden() {
        return answer(Problem.of(ProblemType.FORBIDDEN, "this needs a role that the token does not have"));
    }

    @ServerExceptionMapper
    Response json(JacksonException e) {
        return answer(malformed(e));
    }

    /** Named for itself, since Quarkus has an answer of its own to it. */
    @ServerExceptionMapper
    Response mismatch(MismatchedInputException e) {
        return answer(malformed(e));
    }

    /** Quarkus wraps what Jackson says about a body. */
    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        if (e.getCause() instanceof JacksonException json) {
            return answer(malformed(json));
        }
        var status = e.getResponse().getStatus();
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status)
                .findFirst()
                .map(type -> answer(Problem.of(type, type.title())))
                .orElseGet(e::getResponse);
    }

    @ServerExceptionMapper(
            value = {
                PersistenceException.class,
                SQLException.class,
                RollbackException.class,
                SystemException.class,
                IllegalStateException.class
            })
    Response database(Exception e) {
        if (!unreachable(e)) {
            return defect(e);
        }
        LOG.warnf("The database does not answer: %s", e.getMessage());
        return answer(Problem.of(ProblemType.UNAVAILABLE, "the catalogue's database does not answer"));
    }

    @ServerExceptionMapper
    Response defect(Throwable e) {
        LOG.error("A request met a defect", e);
        return answer(Problem.of(ProblemType.INTERNAL, "the service's log says more"));
    }

    /** SQLSTATE class 08 is "connection exception", 57P "operator intervention"; the pool's own time-out has no state. */
    private static boolean unreachable(@Nullable Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var state = sql.getSQLState();
                return state == null || state.startsWith("08") || state.startsWith("57P");
            }
        }
        return false;
    }

    private static Problem malformed(JacksonException e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return Problem.invalid(List.of(new Problem.Violation(place(mapping), wanted(mapping))));
        }
        var place = e.getLocation();
        var where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        var what = e instanceof JsonParseException ? "the body is no JSON" : "the body is not what was expected";
        return Problem.of(ProblemType.INVALID, what + where);
    }

    private static String place(JsonMappingException e) {
        return e.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String wanted(JsonMappingException e) {
        if (!(e instanceof InvalidFormatException format)) {
            return "is of the wrong type";
        }
        var type = format.getTargetType();
        return type.isEnum()
                ? "must be one of " + Arrays.toString(type.getEnumConstants())
                : "must be a " + type.getSimpleName();
    }

    private static String leaf(ConstraintViolation<?> violation) {
        var path = violation.getPropertyPath().toString();
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
