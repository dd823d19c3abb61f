package io.everstate.platform.testkit.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotModifiedException;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.launcher.ObjectStorage;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.launcher.Platform;
import io.everstate.platform.launcher.PlatformException;
import io.everstate.platform.launcher.PlatformHealth;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.Secrets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startables;

/**
 * The platform on Testcontainers. Each container keeps the port of the host that it was created with, and its data are
 * in its own file system, so both survive that it is stopped and started.
 */
public final class ContainerPlatform implements Platform {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final int STOP_SECONDS = 20;
    /** 128 + SIGKILL. */
    private static final long KILLED = 137;

    private final Ports ports;
    private final Secrets secrets;
    private final Probes probes;
    private final Map<Part, GenericContainer<?>> containers = new EnumMap<>(Part.class);

    private ContainerPlatform(Ports ports, Secrets secrets) {
        this.ports = ports;
        this.secrets = secrets;
        this.probes = new Probes(this);
    }

    /** Whether there is a container engine to run on. */
    public static boolean isPossible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Returns when all parts serve clients. */
    public static ContainerPlatform start() {
        ContainerPlatform platform = new ContainerPlatform(Ports.free(), Secrets.generate());
        try {
            platform.create();
            return platform;
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private void create() {
        containers.put(Part.KAFKA, Images.kafka(ports.kafka()));
        containers.put(Part.POSTGRES, Images.postgres(ports.postgres(), secrets));
        containers.put(Part.S3, Images.s3(ports.s3(), secrets));
        // not a parallel stream: its threads have a class loader of their own, which is not that of a Quarkus test
        Startables.deepStart(containers.values()).join();
        containers.keySet().forEach(this::awaitUp);
        probes.createDatabases("state", "backup", "recovery");
    }

    @Override
    public String kafka() {
        return "127.0.0.1:" + ports.kafka();
    }

    @Override
    public Database database(String name) {
        return new Database(
                "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + name,
                Images.POSTGRES_USER,
                secrets.postgresPassword());
    }

    @Override
    public ObjectStorage storage() {
        return new ObjectStorage(
                URI.create("http://127.0.0.1:" + ports.s3()), secrets.s3AccessKey(), secrets.s3SecretKey());
    }

    @Override
    public PlatformHealth health() {
        return new PlatformHealth(
                Arrays.stream(Part.values()).collect(Collectors.toMap(Function.identity(), probes::answers)));
    }

    /** @throws PlatformException if the part ignored the order to stop, so that the engine killed it */
    @Override
    public synchronized void pause(Part part) {
        try {
            docker().stopContainerCmd(id(part)).withTimeout(STOP_SECONDS).exec();
        } catch (NotModifiedException e) {
            return; // it was stopped already
        }
        awaitRefused(part);
        Long exitCode = state(part).getExitCodeLong();
        if (exitCode != null && exitCode == KILLED) {
            throw new PlatformException(part + " did not stop in " + STOP_SECONDS + " s and was killed");
        }
    }

    @Override
    public synchronized void resume(Part part) {
        try {
            docker().startContainerCmd(id(part)).exec();
        } catch (NotModifiedException e) {
            // it runs already
        }
        awaitUp(part);
    }

    @Override
    public synchronized void kill() {
        for (Part part : containers.keySet()) {
            if (Boolean.TRUE.equals(state(part).getRunning())) {
                docker().killContainerCmd(id(part)).exec();
            }
        }
        containers.keySet().forEach(this::awaitRefused);
    }

    @Override
    public synchronized void restart() {
        containers.keySet().forEach(this::pause);
        containers.keySet().forEach(this::resume);
    }

    @Override
    public synchronized void close() {
        containers.values().forEach(GenericContainer::stop);
    }

    private void awaitUp(Part part) {
        Awaitility.await(part + " in its container")
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> probes.answers(part));
    }

    /** An engine lets go of a port a moment after the container ended; until then a start would find it taken. */
    private void awaitRefused(Part part) {
        Awaitility.await(part + " off its port")
                .atMost(Duration.ofSeconds(STOP_SECONDS))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> refusesConnections(port(part)));
    }

    private static boolean refusesConnections(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        }
    }

    private int port(Part part) {
        return switch (part) {
            case KAFKA -> ports.kafka();
            case POSTGRES -> ports.postgres();
            case S3 -> ports.s3();
        };
    }

    private InspectContainerResponse.ContainerState state(Part part) {
        return docker().inspectContainerCmd(id(part)).exec().getState();
    }

    private String id(Part part) {
        GenericContainer<?> container = containers.get(part);
        if (container == null) {
            throw new IllegalStateException(part + " was never started");
        }
        return container.getContainerId();
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }
}
