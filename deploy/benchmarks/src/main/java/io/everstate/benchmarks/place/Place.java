package io.everstate.benchmarks.place;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.launcher.ObjectStorage;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.identity.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/** A platform of its own in a new directory, with the keys for the services on it; gone when closed. */
public final class Place implements AutoCloseable {

    private final Path directory;
    private final ProcessPlatform platform;
    private final Identity identity;

    private Place(Path directory, ProcessPlatform platform, Identity identity) {
        this.directory = directory;
        this.platform = platform;
        this.identity = identity;
    }

    public static Place make() {
        try {
            Path directory = Files.createTempDirectory("everstate-benchmark-");
            ProcessPlatform platform = ProcessPlatform.start(
                    PlatformOptions.in(directory.resolve("platform")).ports(Ports.free()));
            Runtime.getRuntime().addShutdownHook(new Thread(platform::kill)); // nothing stays behind a broken-off run
            return new Place(directory, platform, Identity.in(directory.resolve("identity")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    public String kafka() {
        return platform.kafka();
    }

    public Database database(String name) {
        return platform.database(name);
    }

    public ObjectStorage storage() {
        return platform.storage();
    }

    /**
     * A database of that name that is new and empty. The one before is not dropped by force, which needs the right to end the server's own
     * vacuuming; asked without, the server ends that itself.
     */
    public Database newDatabase(String name) {
        maintain("drop database if exists " + name);
        maintain("create database " + name);
        return platform.database(name);
    }

    private void maintain(String statement) {
        Database maintenance = platform.database("postgres");
        try (Connection connection =
                        DriverManager.getConnection(maintenance.url(), maintenance.user(), maintenance.password());
                Statement maintaining = connection.createStatement()) {
            maintaining.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    public Identity identity() {
        return identity;
    }

    /** SIGSTOP to the platform: Kafka's connections stay, and nothing answers. */
    public void suspend() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(platform.pid())).start();
            if (kill.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("the platform does not take the signal " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        platform.close();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
