package io.everstate.cli.client;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.place.Addresses;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.PortName;
import io.everstate.cli.place.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The services of one suite. Where they are and the operator's token come from the data directory of an {@code up}; the variables
 * {@code EVERSTATE_URL_BOT_SERVICE} and the like and {@code EVERSTATE_TOKEN} beat it, for a suite that runs elsewhere.
 */
public final class Services {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final DataDirectory data;
    private final Map<String, String> environment;
    private final Duration deadline;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    public Services(DataDirectory data, Map<String, String> environment) {
        this(data, environment, ANSWER);
    }

    Services(DataDirectory data, Map<String, String> environment, Duration deadline) {
        this.data = data;
        this.environment = environment;
        this.deadline = deadline;
    }

    public ServiceClient of(ServiceName service) {
        return client(service.text(), service.port());
    }

    public ServiceClient supervisor() {
        return client("supervisor", PortName.SUPERVISOR);
    }

    private ServiceClient client(String name, PortName port) {
        return new ServiceClient(http, name, url(port), this::token, deadline);
    }

    private URI url(PortName port) {
        String given = environment.get("EVERSTATE_URL_" + port.name());
        if (given != null) {
            return URI.create(given);
        }
        return Addresses.read(data)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.UNREACHABLE,
                        "Everstate does not run on " + data.root()
                                + "; `everstate up` starts it, --data names another directory"))
                .url(port);
    }

    private String token() {
        String given = environment.get("EVERSTATE_TOKEN");
        if (given != null) {
            return given.strip();
        }
        Path file = data.token("operator");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.DENIED,
                    "there is no token: " + file + " cannot be read and EVERSTATE_TOKEN is not set",
                    e);
        }
    }
}
