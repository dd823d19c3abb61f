package io.everstate.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessIT {

    @TempDir
    Path directory;

    private Path jar;

    @BeforeEach
    void packageService() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, ReadyService.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Path.of("target", "test-classes")
                                .toAbsolutePath()
                                .toUri()
                                .toString());
        jar = directory.resolve("service.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
    }

    @Test
    void isReadyWhenItIsStartedAndHasItsConfiguration() throws Exception {
        try (ServiceProcess service = service()
                .set("everstate.peers.state-service", "http://127.0.0.1:1")
                .start()) {
            assertThat(ask(service)).isEqualTo("http://127.0.0.1:1");
        }
    }

    @Test
    void isGoneWhenItIsKilledAndComesBackOnTheSamePort() throws Exception {
        try (ServiceProcess service = service().start()) {
            long first = service.pid();
            URI url = service.managementUrl();

            service.kill();

            assertThat(ProcessHandle.of(first)).isEmpty();
            service.restart();
            assertThat(service.pid()).isNotEqualTo(first);
            assertThat(service.managementUrl()).isEqualTo(url);
            assertThat(ask(service)).isEqualTo("null");
        }
    }

    @Test
    void livesAndDoesNothingWhileItIsSuspended() throws Exception {
        try (ServiceProcess service = service().start()) {
            service.suspend();

            assertThat(service.isAlive()).isTrue();
            assertThatThrownBy(() -> ask(service)).isInstanceOf(HttpTimeoutException.class);
            service.resume();
            assertThat(ask(service)).isEqualTo("null");
        }
    }

    @Test
    void showsWhatTheServiceSaidWhenItDoesNotStart() {
        ServiceProcess.Builder failing = service().set("service.fails", "no database");

        assertThatThrownBy(failing::start)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the service ended with code 1")
                .hasMessageContaining("the service cannot start: no database");
    }

    @Test
    void endsWhenItIsClosedEvenIfItIsSuspended() {
        ServiceProcess service = service().start();
        service.suspend();

        service.close();

        assertThat(service.isAlive()).isFalse();
    }

    @Test
    void saysThatAServiceIsNotPackaged() {
        assertThatThrownBy(() -> ServiceProcess.of("no-such-service").start())
                .hasMessageStartingWith("no-such-service is not packaged: there is no ");
    }

    private ServiceProcess.Builder service() {
        return ServiceProcess.of("ready-service", jar);
    }

    private static String ask(ServiceProcess service) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.managementUrl().resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
