package io.everstate.cli.supervision;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.platform.launcher.identity.Caller;
import io.everstate.platform.launcher.identity.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The supervisor over REST, on the loopback address: {@code GET /api/v1/services}, {@code GET /api/v1/services/{name}} for viewers,
 * {@code POST /api/v1/services/{name}/restart} for operators. A restart is answered 202 before it is done and may be repeated.
 */
public final class SupervisorEndpoint implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/api/v1/services(?:/([A-Za-z0-9-]+)(/restart)?)?/?");
    private static final String VIEWER = "viewer";
    private static final String OPERATOR = "operator";
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final HttpServer server;
    private final ExecutorService executor;
    private final Supervisor supervisor;
    private final Identity identity;
    private final ObjectMapper json;
    private final Journal journal;

    private SupervisorEndpoint(
            HttpServer server, Supervisor supervisor, Identity identity, ObjectMapper json, Journal journal) {
        this.server = server;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
        this.supervisor = supervisor;
        this.identity = identity;
        this.json = json;
        this.journal = journal;
    }

    public static SupervisorEndpoint start(
            int port, Supervisor supervisor, Identity identity, ObjectMapper json, Journal journal) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        SupervisorEndpoint endpoint = new SupervisorEndpoint(server, supervisor, identity, json, journal);
        server.setExecutor(endpoint.executor);
        server.createContext("/", endpoint::answer);
        server.start();
        return endpoint;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }

    private record Answer(int status, Object body) {}

    /** No request has a body that is of use, so none is read: not even one of somebody without a token could fill the memory. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                Answer answer = route(exchange);
                send(exchange, answer.status(), "application/json", answer.body());
            } catch (ProblemException e) {
                if (e.type() == ProblemType.UNAUTHENTICATED) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                }
                send(exchange, e.type().status(), Problem.MEDIA_TYPE, Problem.of(e));
            }
        }
    }

    private Answer route(HttpExchange exchange) {
        Caller caller = caller(exchange);
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is nothing at this address");
        }
        String name = path.group(1);
        if (path.group(2) != null) {
            requireMethod(exchange, "POST");
            return new Answer(ACCEPTED, restart(caller, name));
        }
        requireMethod(exchange, "GET");
        requireRole(caller, VIEWER);
        return new Answer(OK, name == null ? supervisor.services() : supervisor.service(name));
    }

    private Object restart(Caller caller, String name) {
        try {
            requireRole(caller, OPERATOR);
            Object view = supervisor.restart(name);
            journal.note("audit: " + caller.name() + " asked to restart " + name + ": accepted");
            return view;
        } catch (ProblemException e) {
            journal.note("audit: " + caller.name() + " asked to restart " + name + ": " + e.type() + ", " + e.detail());
            throw e;
        }
    }

    private Caller caller(HttpExchange exchange) {
        List<String> headers = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        return headers.stream()
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .findFirst()
                .flatMap(header -> identity.verify(header.substring(7).strip()))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAUTHENTICATED, "a valid bearer token is needed in the Authorization header"));
    }

    private static void requireRole(Caller caller, String role) {
        if (!caller.roles().contains(role)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "this needs the role " + role);
        }
    }

    private static void requireMethod(HttpExchange exchange, String method) {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "this address takes " + method + " only");
        }
    }

    private void send(HttpExchange exchange, int status, String type, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush(); // closing waits for a bit of the request's body first
    }
}
