package io.everstate.platform.testkit;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.launcher.ObjectStorage;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.launcher.Platform;
import io.everstate.platform.launcher.PlatformHealth;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import io.everstate.platform.testkit.containers.ContainerPlatform;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The platform of a test run: started at first use, on free ports and a temporary directory, and stopped when the JVM
 * ends. {@code -Deverstate.platform=containers} takes it from Testcontainers, otherwise it is a child process.
 */
public final class TestPlatform implements Platform {

    private static final Supplier<TestPlatform> SHARED =
            new Once<>(() -> new TestPlatform(SharedPlatform.get(TestPlatform::start)));

    private final Platform platform;
    private final AtomicInteger databases = new AtomicInteger();

    private TestPlatform(Platform platform) {
        this.platform = platform;
    }

    /** The one platform of this JVM. */
    public static TestPlatform shared() {
        return SHARED.get();
    }

    /** Whether its parts are those of a cluster, and not the embedded ones. */
    public static boolean isOnContainers() {
        return System.getProperty("everstate.platform", "process").equals("containers");
    }

    private static Platform start() {
        return isOnContainers() ? closedAtExit(ContainerPlatform.start(), () -> {}) : process();
    }

    private static Platform process() {
        Path data = TestDirectory.create("platform");
        PlatformOptions options = PlatformOptions.in(data)
                .ports(Ports.free())
                .secrets(Secrets.generate())
                .controlled();
        // the log stays, for whoever wants to know why a test failed
        return closedAtExit(ProcessPlatform.start(options), () -> TestDirectory.deleteBelow(data, "platform.log"));
    }

    private static Platform closedAtExit(Platform platform, Runnable afterwards) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            platform.close();
                            afterwards.run();
                        },
                        "stop-test-platform"));
        return platform;
    }

    /** A database of its own for a test that needs an empty one. */
    public Database newDatabase() {
        String name =
                "test_" + Long.toString(System.nanoTime(), Character.MAX_RADIX) + "_" + databases.incrementAndGet();
        Database maintenance = database("postgres");
        try (Connection connection =
                        DriverManager.getConnection(maintenance.url(), maintenance.user(), maintenance.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + name + " cannot be created", e);
        }
        return database(name);
    }

    /**
     * What a service has to be configured with to use this platform and {@link TestIdentity#shared()}. Kafka and
     * identity always; the database and the bucket as named by {@code database=<name>} and {@code bucket=<name>}.
     */
    public Map<String, String> configuration(String... wanted) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("kafka.bootstrap.servers", kafka());
        configuration.put(
                "mp.jwt.verify.publickey.location",
                TestIdentity.shared().publicKeyFile().toString());
        configuration.put("mp.jwt.verify.issuer", "everstate");
        configuration.put(
                "everstate.identity.token-file",
                TestIdentity.shared().serviceTokenFile().toString());
        for (String part : wanted) {
            String[] keyAndName = part.split("=", 2);
            switch (keyAndName[0]) {
                case "database" -> add(configuration, database(keyAndName[1]));
                case "bucket" -> add(configuration, storage(), keyAndName[1]);
                default -> throw new IllegalArgumentException("neither database=<name> nor bucket=<name>: " + part);
            }
        }
        return configuration;
    }

    private static void add(Map<String, String> configuration, Database database) {
        configuration.put("quarkus.datasource.jdbc.url", database.url());
        configuration.put("quarkus.datasource.username", database.user());
        configuration.put("quarkus.datasource.password", database.password());
    }

    private static void add(Map<String, String> configuration, ObjectStorage storage, String bucket) {
        configuration.put("everstate.storage.endpoint", storage.endpoint().toString());
        configuration.put("everstate.storage.access-key", storage.accessKey());
        configuration.put("everstate.storage.secret-key", storage.secretKey());
        configuration.put("everstate.storage.bucket", bucket);
    }

    @Override
    public String kafka() {
        return platform.kafka();
    }

    @Override
    public Database database(String name) {
        return platform.database(name);
    }

    @Override
    public ObjectStorage storage() {
        return platform.storage();
    }

    @Override
    public PlatformHealth health() {
        return platform.health();
    }

    @Override
    public void pause(Part part) {
        platform.pause(part);
    }

    @Override
    public void resume(Part part) {
        platform.resume(part);
    }

    @Override
    public void kill() {
        platform.kill();
    }

    @Override
    public void restart() {
        platform.restart();
    }

    @Override
    public void close() {
        platform.close();
    }
}
