package io.everstate.bot.storage;

import static org.awaitility.Awaitility.await;

import io.everstate.platform.launcher.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** On a real MinIO, where one is installed. */
class MinioObjectStorageOnMinioIT implements ObjectStorageContract {
    private static final String USER = "everstate";
    private static final String PASSWORD = "everstate-test";
    private static @Nullable Process server;
    private static @Nullable MinioObjectStorage storage;

    @BeforeAll
    static void start() throws IOException {
        var binary = onThePath("minio");
        Assumptions.assumeTrue(binary.isPresent(), "no minio on the PATH");
        var ports = Ports.free(2).iterator();
        var port = ports.next();
        var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/directories")), "minio-");
        var command = new ProcessBuilder(
                binary.orElseThrow().toString(),
                "server",
                directory.toAbsolutePath().toString(),
                "--address",
                "127.0.0.1:" + port,
                "--console-address",
                "127.0.0.1:" + ports.next());
        command.environment().put("MINIO_ROOT_USER", USER);
        command.environment().put("MINIO_ROOT_PASSWORD", PASSWORD);
        server = command.redirectErrorStream(true)
                .redirectOutput(directory
                        .resolveSibling(directory.getFileName() + ".log")
                        .toFile())
                .start();
        var connected =
                new SampleStorage(URI.create("http://127.0.0.1:" + port), USER, PASSWORD, "bots-contract").connect();
        storage = connected;
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> connected.list("", _ -> {}));
    }

    private static Optional<Path> onThePath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @AfterAll
    static void stop() {
        if (storage != null) {
            storage.close();
        }
        if (server != null) {
            server.destroyForcibly().onExit().join();
        }
    }

    @Override
    public ObjectStorage storage() {
        return Objects.requireNonNull(storage);
    }
}
