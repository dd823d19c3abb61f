package io.everstate.platform.server;

import io.everstate.platform.server.part.RefusedStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The five ports, all on the loopback address. */
record PortPlan(int kafka, int controller, int postgres, int s3, int health) {

    /** Names the first port that somebody else has, and the option that chooses another. */
    void requireFree() {
        requireFree("kafka", kafka);
        requireFree("controller", controller);
        requireFree("postgres", postgres);
        requireFree("s3", s3);
        requireFree("health", health);
    }

    private static void requireFree(String part, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            String option = part + "-port";
            throw new RefusedStartException(
                    "port " + port + " for " + part + " is taken; choose another with --" + option + " or "
                            + ServerOptions.variable(option),
                    e);
        }
    }
}
