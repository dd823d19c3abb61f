package io.everstate.platform.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.platform.server.part.Part;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointTest {

    private final SwitchedPart kafka = new SwitchedPart("kafka");
    private final SwitchedPart s3 = new SwitchedPart("s3");
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();
    private Endpoint endpoint = open(true);

    @AfterEach
    void close() {
        endpoint.close();
        client.close();
    }

    @Test
    void isUpWhenEveryPartAnswers() throws Exception {
        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\",\"parts\":{\"kafka\":\"UP\",\"s3\":\"UP\"}}");
    }

    @Test
    void isDownWhenOnePartDoesNotAnswer() throws Exception {
        s3.stop();

        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"status\":\"DOWN\",\"parts\":{\"kafka\":\"UP\",\"s3\":\"DOWN\"}}");
    }

    @Test
    void stopsAndStartsTheNamedPartOnly() throws Exception {
        assertThat(post("/parts/s3/stop").statusCode()).isEqualTo(200);
        assertThat(s3.answers()).isFalse();
        assertThat(kafka.answers()).isTrue();

        assertThat(post("/parts/s3/start").statusCode()).isEqualTo(200);
        assertThat(s3.answers()).isTrue();
    }

    @Test
    void saysThatAPartDidNotStart() throws Exception {
        s3.stop();
        s3.failing = true;

        assertThat(post("/parts/s3/start").statusCode()).isEqualTo(500);
    }

    @Test
    void knowsNoOtherPartsVerbsOrMethods() throws Exception {
        assertThat(post("/parts/oracle/stop").statusCode()).isEqualTo(404);
        assertThat(post("/parts/s3/drop").statusCode()).isEqualTo(404);
        assertThat(get("/parts/s3/stop").statusCode()).isEqualTo(404);
    }

    @Test
    void takesNoOrdersUnlessControlIsSwitchedOn() throws Exception {
        endpoint.close();
        endpoint = open(false);

        assertThat(post("/parts/s3/stop").statusCode()).isEqualTo(404);
        assertThat(s3.answers()).isTrue();
    }

    private Endpoint open(boolean control) {
        Endpoint opened = new Endpoint(port, new Parts(List.of(kafka, s3)), control);
        opened.start();
        return opened;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A part that is only on or off. */
    private static final class SwitchedPart implements Part {

        private final String name;
        private volatile boolean on = true;
        private volatile boolean failing;

        SwitchedPart(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int port() {
            return 1;
        }

        @Override
        public void start() {
            if (failing) {
                throw new IllegalStateException("the disk is full");
            }
            on = true;
        }

        @Override
        public void stop() {
            on = false;
        }

        @Override
        public boolean answers() {
            return on;
        }
    }
}
