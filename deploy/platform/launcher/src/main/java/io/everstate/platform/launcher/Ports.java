package io.everstate.platform.launcher;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The five ports of a platform, all on the loopback address. */
public record Ports(int kafka, int controller, int postgres, int s3, int health) {

    private static final Path BLOCKS =
            Path.of(System.getProperty("java.io.tmpdir"), "everstate-ports-" + System.getProperty("user.name"));

    public static Ports standard() {
        return new Ports(19092, 19093, 15432, 19000, 19001);
    }

    /** Ports that nobody listens on now, and no other process chooses while this one lives. */
    public static Ports free() {
        Iterator<Integer> free = free(5).iterator();
        return new Ports(free.next(), free.next(), free.next(), free.next(), free.next());
    }

    /** Different ports that nobody listens on now, and no other process chooses while this one lives. */
    public static Set<Integer> free(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        while (found.size() < count) {
            found.add(OfThisProcess.BLOCK.next());
        }
        return found;
    }

    /** Taken when it is first asked for. */
    private static final class OfThisProcess {
        static final PortBlock BLOCK = PortBlock.take(BLOCKS);
    }
}
