package io.everstate.platform.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the JVM of a service is started on one machine, by {@code up} and by tests alike. */
public final class ServiceJvm {

    /**
     * Small rather than fast: a service idles most of the time, and there are four of them beside the platform. C1 alone starts faster
     * and takes less than half of the code cache.
     */
    private static final List<String> SMALL = List.of(
            "-Xms32m",
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xlog:cds*=off",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** One arena of malloc a core would cost tens of megabytes each. */
    public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    private ServiceJvm() {}

    /**
     * The options before {@code -jar}. Among them is the archive of the service's loaded classes: the first process that ends in order
     * writes it, each later one starts with about half of the processor time. It lies beside the jar, in the directory that a build
     * empties, so it never outlives its classes; there is none where that directory cannot be written to.
     */
    public static List<String> options(Path jar) {
        List<String> options = new ArrayList<>(SMALL);
        Path directory = jar.toAbsolutePath().getParent();
        if (directory != null && Files.isWritable(directory)) {
            options.add("-XX:+AutoCreateSharedArchive");
            options.add("-XX:SharedArchiveFile=" + jar.resolveSibling("classes-" + Runtime.version() + ".jsa"));
        }
        return List.copyOf(options);
    }
}
