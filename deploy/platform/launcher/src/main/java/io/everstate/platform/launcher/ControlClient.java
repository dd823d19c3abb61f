package io.everstate.platform.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Speaks to the HTTP endpoint of a running platform. */
final class ControlClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONTROL_TIMEOUT = Duration.ofSeconds(90);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final URI base;

    ControlClient(int port) {
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    PlatformHealth health() {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/health"))
                    .timeout(HEALTH_TIMEOUT)
                    .build();
            String body =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Map<Part, Boolean> parts = new EnumMap<>(Part.class);
            for (Part part : Part.values()) {
                parts.put(part, body.contains("\"" + part.id() + "\":\"UP\""));
            }
            return new PlatformHealth(parts);
        } catch (IOException e) {
            return PlatformHealth.down();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PlatformHealth.down();
        }
    }

    void stop(Part part) {
        control(part, "stop");
    }

    void start(Part part) {
        control(part, "start");
    }

    private void control(Part part, String verb) {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/parts/" + part.id() + "/" + verb))
                    .timeout(CONTROL_TIMEOUT)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new PlatformException("the platform did not " + verb + " " + part.id() + ": HTTP "
                        + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new PlatformException("the platform did not " + verb + " " + part.id() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("interrupted while the platform was to " + verb + " " + part.id(), e);
        }
    }
}
