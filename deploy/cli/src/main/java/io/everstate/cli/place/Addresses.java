package io.everstate.cli.place;

import io.everstate.cli.console.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Where a suite that was started can be reached: written by {@code up}, read by every other command. It says nothing about whether
 * it still runs.
 *
 * @param supervisor the pid of {@code up}
 */
public record Addresses(long supervisor, Instant startedAt, Map<PortName, Integer> ports) {

    public Addresses {
        ports = Map.copyOf(ports);
    }

    public static Optional<Addresses> read(DataDirectory data) {
        Path file = data.addresses();
        try {
            return Files.exists(file)
                    ? Optional.of(Json.MAPPER.readValue(file.toFile(), Addresses.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    public void write(DataDirectory data) {
        try {
            Path temporary = data.addresses().resolveSibling("addresses.json.new");
            Files.writeString(temporary, Json.pretty(this));
            Files.move(
                    temporary, data.addresses(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(data.addresses() + " cannot be written", e);
        }
    }

    public URI url(PortName port) {
        Integer number = ports.get(port);
        if (number == null) {
            throw new IllegalStateException("no port for " + port.text() + " in the addresses");
        }
        return URI.create("http://127.0.0.1:" + number);
    }
}
