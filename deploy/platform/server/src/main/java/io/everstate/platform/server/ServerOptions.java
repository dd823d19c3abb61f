package io.everstate.platform.server;

import io.everstate.platform.server.part.RefusedStartException;
import io.everstate.platform.server.postgres.Databases;
import io.everstate.platform.server.s3.S3Credentials;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the platform was asked for. Each option is an argument ({@code --kafka-port 19092}) or an environment variable
 * ({@code EVERSTATE_PLATFORM_KAFKA_PORT}); the argument wins. Secrets come from the environment only, where no other
 * user can read them.
 */
record ServerOptions(
        Path data,
        Path binaries,
        PortPlan ports,
        Databases databases,
        S3Credentials s3Credentials,
        Set<Switch> switches) {

    /** What is either on or off. */
    enum Switch {
        /** Parts can be stopped and started over HTTP: for outage tests. */
        CONTROL,
        /** The platform stops when its standard input ends, which it does when its parent dies. */
        EXIT_WITH_PARENT
    }

    private static final String PREFIX = "EVERSTATE_PLATFORM_";
    private static final Map<String, Switch> SWITCHES =
            Map.of("control", Switch.CONTROL, "exit-with-parent", Switch.EXIT_WITH_PARENT);
    private static final Set<String> NAMES = Set.of(
            "data",
            "binaries",
            "kafka-port",
            "controller-port",
            "postgres-port",
            "s3-port",
            "health-port",
            "databases");

    static ServerOptions of(List<String> arguments, Map<String, String> environment) {
        Source source = Source.of(arguments, environment);
        Path data = Path.of(source.required("data")).toAbsolutePath().normalize();
        return new ServerOptions(
                data,
                Path.of(source.text(
                        "binaries", data.resolve("postgres-programs").toString())),
                new PortPlan(
                        source.port("kafka-port", 19092),
                        source.port("controller-port", 19093),
                        source.port("postgres-port", 15432),
                        source.port("s3-port", 19000),
                        source.port("health-port", 19001)),
                new Databases(
                        List.of(source.text("databases", "state,backup,recovery")
                                .split(",")),
                        source.secret("POSTGRES_PASSWORD")),
                new S3Credentials(source.secret("S3_ACCESS_KEY"), source.secret("S3_SECRET_KEY")),
                source.switches());
    }

    boolean has(Switch wanted) {
        return switches.contains(wanted);
    }

    /** The name of the environment variable that stands for an option. */
    static String variable(String option) {
        return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private record Source(Map<String, String> arguments, Set<Switch> switches, Map<String, String> environment) {

        static Source of(List<String> arguments, Map<String, String> environment) {
            Map<String, String> values = new HashMap<>();
            Set<Switch> switches = EnumSet.noneOf(Switch.class);
            for (int i = 0; i < arguments.size(); i++) {
                String name = arguments.get(i).replaceFirst("^--", "");
                if (SWITCHES.containsKey(name)) {
                    switches.add(SWITCHES.get(name));
                } else if (NAMES.contains(name) && i + 1 < arguments.size()) {
                    values.put(name, arguments.get(++i));
                } else {
                    throw new RefusedStartException("unknown option or missing value: " + arguments.get(i));
                }
            }
            return new Source(values, Set.copyOf(switches), environment);
        }

        String text(String option, String otherwise) {
            String argument = arguments.get(option);
            return argument != null ? argument : environment.getOrDefault(variable(option), otherwise);
        }

        String required(String option) {
            String value = text(option, "");
            if (value.isBlank()) {
                throw new RefusedStartException("--" + option + " or " + variable(option) + " is missing");
            }
            return value;
        }

        int port(String option, int otherwise) {
            String value = text(option, Integer.toString(otherwise));
            if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
                throw new RefusedStartException("--" + option + " is not a port: " + value);
            }
            return Integer.parseInt(value);
        }

        String secret(String name) {
            String value = environment.getOrDefault(PREFIX + name, "");
            if (value.isBlank()) {
                throw new RefusedStartException(PREFIX + name + " is missing in the environment");
            }
            return value;
        }
    }
}
