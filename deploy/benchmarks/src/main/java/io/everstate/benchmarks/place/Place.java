package io.everstate.benchmarks.bots;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.identity.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A platform of its own in a new directory, with the keys for the services on it; gone when closed. */
final class Place implements AutoCloseable {

    private final Path directory;
    private final ProcessPlatform platform;
    private final Identity identity;

    private Place(Path directory, ProcessPlatform platform, Identity identity) {
        this.directory = directory;
        this.platform = platform;
        this.identity = identity;
    }

    static Place make() {
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

    Path directory() {
        return directory;
    }

    String kafka() {
        return platform.kafka();
    }

    Database database(String name) {
        return platform.database(name);
    }

    Identity identity() {
        return identity;
    }

    /** SIGSTOP to the platform: Kafka's connections stay, and nothing answers. */
    void suspend() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
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
