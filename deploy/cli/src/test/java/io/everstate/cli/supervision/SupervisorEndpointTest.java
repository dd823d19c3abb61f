package io.everstate.cli.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.console.Json;
import io.everstate.platform.launcher.identity.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorEndpointTest {

    private static final Journal NOBODY = sentence -> {};
    private static final int GIGABYTE = 1 << 30;

    private final Identity identity;
    private SupervisorEndpoint endpoint;

    SupervisorEndpointTest(@TempDir Path directory) {
        identity = Identity.in(directory);
    }

    @BeforeEach
    void start() throws IOException {
        Supervisor supervisor = new Supervisor(address -> true, Clock.systemUTC(), NOBODY);
        endpoint = SupervisorEndpoint.start(0, supervisor, identity, Json.MAPPER, NOBODY);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void refusesACallerWithoutATokenBeforeItsBodyHasArrived() throws IOException {
        assertThat(statusOf("POST /api/v1/services/bot-service/restart", "nonsense"))
                .isEqualTo("HTTP/1.1 401 Unauthorized");
    }

    @Test
    void answersWithoutWaitingForABodyThatIsOfNoUse() throws IOException {
        String token = identity.token("somebody", Set.of("operator"), Duration.ofMinutes(1));

        assertThat(statusOf("POST /api/v1/services/nobody/restart", token)).isEqualTo("HTTP/1.1 404 Not Found");
    }

    /** Of a request that promises a body of a gigabyte and sends only its beginning. */
    private String statusOf(String request, String token) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            socket.setSoTimeout(10_000);
            String head = request + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Length: " + GIGABYTE + "\r\n\r\n0123456789";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
