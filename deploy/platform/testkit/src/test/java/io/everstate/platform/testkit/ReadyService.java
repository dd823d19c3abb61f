package io.everstate.platform.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A program that is configured and asked for its readiness as a service is, and tells what it was given. */
final class ReadyService {

    private ReadyService() {}

    public static void main(String[] arguments) throws IOException {
        if (System.getenv("SERVICE_FAILS") != null) {
            throw new IllegalStateException("the service cannot start: " + System.getenv("SERVICE_FAILS"));
        }
        int port = Integer.parseInt(System.getenv("QUARKUS_MANAGEMENT_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        byte[] given =
                String.valueOf(System.getenv("EVERSTATE_PEERS_STATE_SERVICE")).getBytes(StandardCharsets.UTF_8);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, given.length);
            try (exchange) {
                exchange.getResponseBody().write(given);
            }
        });
        server.start();
    }
}
