package io.everstate.platform.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The five ports of a platform, all on the loopback address. */
public record Ports(int kafka, int controller, int postgres, int s3, int health) {

    private static final SecureRandom RANDOM = new SecureRandom();
    /** Below the range from which the system takes ports for outgoing connections, so none is lost to one later. */
    private static final int LOWEST_FREE = 20_000;

    private static final int HIGHEST_FREE = 32_000;

    public static Ports standard() {
        return new Ports(19092, 19093, 15432, 19000, 19001);
    }

    /** Ports that nobody listens on now, chosen at random, so that two processes hardly choose the same. */
    public static Ports free() {
        Iterator<Integer> free = free(5).iterator();
        return new Ports(free.next(), free.next(), free.next(), free.next(), free.next());
    }

    /** Different ports that nobody listens on now. */
    public static Set<Integer> free(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        while (found.size() < count) {
            int candidate = RANDOM.nextInt(LOWEST_FREE, HIGHEST_FREE);
            if (isFree(candidate)) {
                found.add(candidate);
            }
        }
        return found;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
