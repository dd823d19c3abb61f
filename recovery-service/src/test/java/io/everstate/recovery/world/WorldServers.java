package io.everstate.recovery.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.contracts.backup.RestoreRequest;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A world behind the REST endpoints of the real services, each on a port of its own; a dead process's ports refuse. */
public final class WorldServers implements AutoCloseable {
    public static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private final World world;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, HttpServer> servers = new LinkedHashMap<>();

    private interface Endpoint {
        Answer of(HttpExchange exchange, List<String> path) throws IOException;
    }

    private record Answer(
            int status, @Nullable Object body, @Nullable String location) {
        static Answer ok(Object body) {
            return new Answer(200, body, null);
        }

        static Answer problem(ProblemType type, String detail) {
            return new Answer(type.status(), Problem.of(type, detail), null);
        }
    }

    /** @param ports by name of the peer; missing ones are free ports */
    public WorldServers(World world, Map<String, Integer> ports) {
        this.world = world;
        this.ports.putAll(ports);
        start("bot-service");
        start("state-service");
        start("backup-service");
        serve("supervisor", this::supervisor);
    }

    /** {@code everstate.peers.*} for a service that shall see this world. */
    public Map<String, String> configuration() {
        var keys = new LinkedHashMap<String, String>();
        ports.forEach((name, port) -> keys.put("everstate.peers." + name, "http://127.0.0.1:" + port));
        return keys;
    }

    /** The process and its ports die together. */
    public void kill(String service) {
        stop(service);
        stop(service + "-management");
        world.processes.kill(service);
    }

    private void stop(String name) {
        Objects.requireNonNull(servers.remove(name)).stop(0);
    }

    private void start(String service) {
        serve(
                service,
                switch (service) {
                    case "bot-service" -> this::bots;
                    case "state-service" -> (exchange, path) -> Answer.ok(new Page<>(world.fleet.records(), null));
                    default -> this::backups;
                });
        serve(service + "-management", (exchange, path) -> Answer.ok(Map.of("status", "UP")));
    }

    private synchronized void serve(String name, Endpoint endpoint) {
        try {
            var server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.getOrDefault(name, 0)), 0);
            ports.put(name, server.getAddress().getPort());
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> answer(exchange, endpoint));
            server.start();
            servers.put(name, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            var answer = of(exchange, endpoint);
            if (answer.location() != null) {
                exchange.getResponseHeaders().set("Location", answer.location());
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            var body = answer.body() == null ? new byte[0] : JSON.writeValueAsBytes(answer.body());
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Answer of(HttpExchange exchange, Endpoint endpoint) throws IOException {
        var path = List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
        var isHealth = path.getFirst().equals("q");
        if (!isHealth && exchange.getRequestHeaders().getFirst("Authorization") == null) {
            return Answer.problem(ProblemType.UNAUTHENTICATED, "send a token");
        }
        try {
            return endpoint.of(exchange, path);
        } catch (ProblemException e) {
            return Answer.problem(e.type(), e.detail());
        }
    }

    private Answer bots(HttpExchange exchange, List<String> path) {
        if (path.size() == 3) {
            return Answer.ok(new Page<>(world.fleet.bots(), null));
        }
        var id = BotId.of(path.get(3));
        var bot = world.fleet.find(id);
        if (bot.isEmpty()) {
            return Answer.problem(ProblemType.NOT_FOUND, "there is no bot " + id);
        }
        var start = path.get(4).equals("start");
        if (bot.get().running() == start) {
            return Answer.problem(ProblemType.CONFLICT, "it is so already");
        }
        if (start) {
            world.fleet.start(id);
        } else {
            world.fleet.stop(id);
        }
        return Answer.ok(world.fleet.find(id).orElseThrow());
    }

    private Answer backups(HttpExchange exchange, List<String> path) throws IOException {
        var archive = world.archive;
        return switch (path.get(2)) {
            case "workspaces" ->
                path.size() > 3
                        ? Answer.ok(archive.inspection(path.get(3)))
                        : Answer.ok(new Page<>(
                                archive.workspaces().stream()
                                        .map(name -> Map.of("name", name, "directory", "/srv"))
                                        .toList(),
                                null));
            case "backups" -> Answer.ok(new Page<>(archive.backups(World.WORKSPACE), null));
            case "restores" -> restores(exchange, path);
            default -> Answer.problem(ProblemType.NOT_FOUND, "no such address");
        };
    }

    private Answer restores(HttpExchange exchange, List<String> path) throws IOException {
        var archive = world.archive;
        if (exchange.getRequestMethod().equals("POST")) {
            var key = Objects.requireNonNull(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            var request = JSON.readValue(exchange.getRequestBody(), RestoreRequest.class);
            var id = archive.requestRestore(
                    Objects.requireNonNull(request.backupId()), Objects.requireNonNull(request.paths()), key);
            return new Answer(202, archive.restore(id), "/api/v1/restores/" + id);
        }
        return path.size() > 3
                ? Answer.ok(archive.restore(UUID.fromString(path.get(3))))
                : Answer.ok(new Page<>(archive.restores(), null));
    }

    private Answer supervisor(HttpExchange exchange, List<String> path) {
        var name = path.get(3);
        var process = world.processes.service(name);
        if (process.isEmpty()) {
            return Answer.problem(ProblemType.NOT_FOUND, "there is no service " + name);
        }
        if (path.size() > 4) {
            var dead = !world.processes.isUp(name);
            world.processes.restart(name);
            if (dead) {
                start(name);
            }
            return new Answer(202, process.get(), null);
        }
        return Answer.ok(process.get());
    }

    @Override
    public synchronized void close() {
        servers.values().forEach(server -> server.stop(0));
    }
}
