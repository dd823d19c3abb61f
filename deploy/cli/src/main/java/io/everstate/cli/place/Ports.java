package io.everstate.cli.place;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Which port each listener takes. */
public record Ports(Map<PortName, Integer> numbers) {

    private static final int HIGHEST = 65_535;

    public Ports {
        numbers = Map.copyOf(numbers);
    }

    /**
     * The defaults, moved by the offset; a variable of the environment beats them, a choice on the command line beats both.
     *
     * @throws CommandFailedException when a port is unknown, is no port, or is given twice
     */
    public static Ports of(int offset, Map<String, Integer> chosen, Map<String, String> environment) {
        Map<PortName, Integer> numbers = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            String variable = environment.get(name.variable());
            numbers.put(name, variable == null ? name.standard() + offset : number(name.variable(), variable));
        }
        chosen.forEach((text, number) -> numbers.put(named(text), number));
        requireDistinct(numbers);
        return new Ports(numbers);
    }

    /** Ports that nobody has at the moment. */
    public static Ports free() {
        PortName[] names = PortName.values();
        Map<PortName, Integer> numbers = new EnumMap<>(PortName.class);
        for (int port : io.everstate.platform.launcher.Ports.free(names.length)) {
            numbers.put(names[numbers.size()], port);
        }
        return new Ports(numbers);
    }

    /** The platform's share of them. */
    public io.everstate.platform.launcher.Ports platform() {
        return new io.everstate.platform.launcher.Ports(
                of(PortName.KAFKA),
                of(PortName.KAFKA_CONTROLLER),
                of(PortName.POSTGRES),
                of(PortName.S3),
                of(PortName.PLATFORM_HEALTH));
    }

    public int of(PortName name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalStateException("no port for " + name.text());
        }
        return number;
    }

    /** Names the first port that somebody else has, and how to choose another. */
    public void requireFree() {
        for (PortName name : PortName.values()) {
            if (!free(of(name))) {
                throw new CommandFailedException(
                        ExitCode.NOT_STARTED,
                        "port " + of(name) + " for " + name.text()
                                + " is taken by another program; choose another with --port "
                                + name.text() + "=<number> or " + name.variable()
                                + ", or move all ports with --port-offset <number>");
            }
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static PortName named(String text) {
        return PortName.of(text)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.USAGE,
                        "there is no port named \"" + text + "\"; the names are "
                                + Arrays.stream(PortName.values())
                                        .map(PortName::text)
                                        .collect(Collectors.joining(", "))));
    }

    private static int number(String where, String text) {
        if (!text.matches("\\d{1,5}")) {
            throw new CommandFailedException(ExitCode.USAGE, where + " is not a port: " + text);
        }
        return Integer.parseInt(text);
    }

    private static void requireDistinct(Map<PortName, Integer> numbers) {
        Map<Integer, PortName> seen = new HashMap<>();
        numbers.forEach((name, number) -> {
            if (number < 1 || number > HIGHEST) {
                throw new CommandFailedException(ExitCode.USAGE, name.text() + " cannot have port " + number);
            }
            PortName other = seen.put(number, name);
            if (other != null) {
                throw new CommandFailedException(
                        ExitCode.USAGE, name.text() + " and " + other.text() + " cannot both have port " + number);
            }
        });
    }
}
