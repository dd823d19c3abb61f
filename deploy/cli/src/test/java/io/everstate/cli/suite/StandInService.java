package io.everstate.cli.suite;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** A process that opens a service's two ports and does nothing else, for tests of what starts and stops processes. */
final class StandInService {

    private StandInService() {}

    public static void main(String[] arguments) throws Exception {
        HttpServer management = open("QUARKUS_MANAGEMENT_PORT");
        management.createContext("/q/health/ready", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        HttpServer http = open("QUARKUS_HTTP_PORT");
        http.createContext("/end", exchange -> Runtime.getRuntime().halt(7));
        management.start();
        http.start();
        new CountDownLatch(1).await();
    }

    private static HttpServer open(String variable) throws Exception {
        int port = Integer.parseInt(System.getenv(variable));
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }
}
