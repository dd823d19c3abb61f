package io.everstate.platform.testkit;

import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ServiceJvm;
import io.everstate.platform.launcher.files.EverstateHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A service as it runs in production: its packaged application in a process of its own, on free ports. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final ServiceCommand command;
    private final int httpPort;
    private final int managementPort;
    private Process process;

    private ServiceProcess(ServiceCommand command, int httpPort, int managementPort) {
        this.command = command;
        this.httpPort = httpPort;
        this.managementPort = managementPort;
        this.process = command.launch();
    }

    /** A service by the name of its directory, as {@code bot-service}; it must have been packaged. */
    public static Builder of(String service) {
        return new Builder(
                service, EverstateHome.find().resolve(service).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    static Builder of(String name, Path jar) {
        return new Builder(name, jar);
    }

    /** Base URL of its REST endpoints. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    /** Base URL of health and metrics. */
    public URI managementUrl() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }

    public int httpPort() {
        return httpPort;
    }

    public long pid() {
        return process.pid();
    }

    /** Its whole output, of every start. */
    public Path log() {
        return command.log();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns when the service says that it is ready; if it does not in time, or ends, the error shows its log. */
    public void awaitReady(Duration patience) {
        new Readiness(managementUrl().resolve("/q/health/ready"), command.log()).await(process, patience);
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGSTOP: the process lives, holds its connections, and does nothing. */
    public void suspend() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    /** Stops what runs and starts the service again: same ports, same configuration. Returns when it is ready. */
    public void restart() {
        close();
        process = command.launch();
        awaitReady(READY_TIMEOUT);
    }

    /** SIGTERM, and SIGKILL for a process that does not end by it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("SIG" + name + " did not reach process " + pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while SIG" + name + " was sent", e);
        }
    }

    /** What to start, and how. */
    public static final class Builder {

        private final String name;
        private final Path jar;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private boolean awaitingReadiness = true;

        private Builder(String name, Path jar) {
            this.name = name;
            this.jar = jar;
        }

        /** Sets configuration keys; they travel as environment variables. */
        public Builder configuration(Map<String, String> configuration) {
            configuration.forEach(this::set);
            return this;
        }

        /** Sets one configuration key. */
        public Builder set(String key, Object value) {
            environment.put(variable(key), value.toString());
            return this;
        }

        /** Whether {@link #start} waits until the service is ready; it does unless told otherwise. */
        public Builder awaitingReadiness(boolean awaiting) {
            awaitingReadiness = awaiting;
            return this;
        }

        public ServiceProcess start() {
            if (!Files.isRegularFile(jar)) {
                throw new IllegalStateException(name + " is not packaged: there is no " + jar);
            }
            Iterator<Integer> ports = Ports.free(2).iterator();
            int http = ports.next();
            int management = ports.next();
            set("quarkus.http.host", "127.0.0.1");
            set("quarkus.http.port", http);
            set("quarkus.management.host", "127.0.0.1");
            set("quarkus.management.port", management);
            set("quarkus.log.console.json.enabled", "false");
            Path log = TestDirectory.create(name).resolve("output.log");
            ServiceCommand command = new ServiceCommand(jar, Map.copyOf(environment), log);
            ServiceProcess started = new ServiceProcess(command, http, management);
            if (awaitingReadiness) {
                awaitReady(started);
            }
            return started;
        }

        private static void awaitReady(ServiceProcess started) {
            try {
                started.awaitReady(READY_TIMEOUT);
            } catch (RuntimeException | AssertionError e) {
                started.kill();
                throw e;
            }
        }

        private static String variable(String key) {
            return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }
    }

    /** How one process is launched, the same way each time. */
    private record ServiceCommand(Path jar, Map<String, String> environment, Path log) {

        Process launch() {
            List<String> line = new ArrayList<>();
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(ServiceJvm.options(jar));
            line.addAll(List.of("-jar", jar.toString()));
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(ServiceJvm.ENVIRONMENT);
            builder.environment().putAll(environment);
            try {
                return builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start " + jar, e);
            }
        }
    }
}
