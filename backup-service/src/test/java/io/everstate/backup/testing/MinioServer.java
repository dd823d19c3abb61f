package io.everstate.backup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A MinIO of its own on a temporary directory. */
public final class MinioServer implements AutoCloseable {
    public static final String USER = "everstate";
    public static final String PASSWORD = "everstate-test";

    private final Process process;
    private final URI endpoint;

    public MinioServer(Path binary) {
        try {
            var port = freePort();
            var console = freePort();
            var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/directories")), "minio-")
                    .toAbsolutePath();
            var command = new ProcessBuilder(
                    binary.toString(),
                    "server",
                    directory.toString(),
                    "--address",
                    "127.0.0.1:" + port,
                    "--console-address",
                    "127.0.0.1:" + console);
            command.environment().put("MINIO_ROOT_USER", USER);
            command.environment().put("MINIO_ROOT_PASSWORD", PASSWORD);
            command.redirectErrorStream(true)
                    .redirectOutput(directory
                            .resolveSibling(directory.getFileName() + ".log")
                            .toFile());
            this.process = command.start();
            this.endpoint = URI.create("http://127.0.0.1:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be named in conditions of tests. */
    public static boolean isInstalled() {
        return binary().isPresent();
    }

    public static Optional<Path> binary() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory).resolve("minio"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
