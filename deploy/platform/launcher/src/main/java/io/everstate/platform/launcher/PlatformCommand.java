package io.everstate.platform.launcher;

import io.everstate.platform.launcher.PlatformOptions.Behaviour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line and the additional environment that start a platform, for whoever starts processes. The secrets are
 * in the environment, because everybody on the machine can read a command line.
 */
public record PlatformCommand(List<String> command, Map<String, String> environment) {

    private static final String MAIN = "io.everstate.platform.server.Main";
    /**
     * Three servers in 300 MB: a small heap, the collector with the least memory of its own, and no second compiler,
     * which saves a second of processor time at each start.
     */
    private static final List<String> JVM = List.of(
            "-Xms64m",
            "-Xmx320m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "--sun-misc-unsafe-memory-access=allow");

    public PlatformCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public static PlatformCommand of(PlatformOptions options) {
        if (!Files.isDirectory(options.libraries())) {
            throw new PlatformException(
                    "the platform is not built: there is no " + options.libraries() + "; ./mvnw package builds it");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        if (canKeep(options)) {
            command.addAll(new ClassArchive(options.libraries()).options());
        }
        command.addAll(List.of("-cp", options.libraries().resolve("*").toString(), MAIN));
        command.addAll(arguments(options));
        return new PlatformCommand(command, secrets(options.secrets()));
    }

    private static List<String> arguments(PlatformOptions options) {
        List<String> arguments =
                new ArrayList<>(List.of("--data", options.data().toString()));
        if (canKeep(options)) {
            Path unpackedOnce = options.libraries().resolveSibling("postgres-programs");
            arguments.addAll(List.of("--binaries", unpackedOnce.toString()));
        }
        Ports ports = options.ports();
        arguments.addAll(List.of("--kafka-port", Integer.toString(ports.kafka())));
        arguments.addAll(List.of("--controller-port", Integer.toString(ports.controller())));
        arguments.addAll(List.of("--postgres-port", Integer.toString(ports.postgres())));
        arguments.addAll(List.of("--s3-port", Integer.toString(ports.s3())));
        arguments.addAll(List.of("--health-port", Integer.toString(ports.health())));
        if (options.has(Behaviour.CONTROLLED)) {
            arguments.add("--control");
        }
        if (!options.has(Behaviour.DETACHED)) {
            arguments.add("--exit-with-parent");
        }
        return arguments;
    }

    private static boolean canKeep(PlatformOptions options) {
        return Files.isWritable(options.libraries().resolveSibling(""));
    }

    private static Map<String, String> secrets(Secrets secrets) {
        return Map.of(
                "EVERSTATE_PLATFORM_POSTGRES_PASSWORD", secrets.postgresPassword(),
                "EVERSTATE_PLATFORM_S3_ACCESS_KEY", secrets.s3AccessKey(),
                "EVERSTATE_PLATFORM_S3_SECRET_KEY", secrets.s3SecretKey());
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
