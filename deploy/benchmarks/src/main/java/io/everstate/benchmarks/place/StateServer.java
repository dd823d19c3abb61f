package io.everstate.benchmarks.place;

import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.launcher.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One state-service as a process on a platform, with a database of its own. */
public final class StateServer extends ServiceProcess {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern FOLDING = Pattern.compile("\"folding\": *\"\\[([^]]*)]\"");

    private final Settings settings;
    private final String token;

    /**
     * @param topic of the events
     * @param jvm options that come after those of {@code everstate up}
     * @param more of its configuration, as environment variables
     */
    public record Settings(Database database, String topic, List<String> jvm, Map<String, String> more) {

        public Settings {
            jvm = List.copyOf(jvm);
            more = Map.copyOf(more);
        }
    }

    private StateServer(Place place, Settings settings) {
        super(ServiceName.STATE, place, settings.jvm());
        this.settings = settings;
        this.token = place.identity().token("benchmark", Set.of("viewer", "operator"), DAY);
    }

    /** With everything as it is by default; returns when it is ready. */
    public static StateServer start(Place place, List<String> jvm) {
        return start(place, new Settings(place.database("state"), Topics.BOT_EVENTS, jvm, Map.of()));
    }

    /** Returns when it is ready. */
    public static StateServer start(Place place, Settings settings) {
        StateServer server = new StateServer(place, settings);
        server.begin();
        return server;
    }

    /** Of an operator. */
    public String token() {
        return token;
    }

    /** How many partitions it has taken up and reads. */
    public int folding() {
        return FOLDING.matcher(readiness())
                .results()
                .map(match -> match.group(1))
                .filter(partitions -> !partitions.isBlank())
                .mapToInt(partitions -> partitions.split(",", -1).length)
                .sum();
    }

    @Override
    protected Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(settings.more());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", settings.database().url());
        environment.put("QUARKUS_DATASOURCE_USERNAME", settings.database().user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", settings.database().password());
        environment.put("EVERSTATE_LOG_TOPIC", settings.topic());
        environment.put("EVERSTATE_PROJECTION_GROUP", "state-service-" + settings.topic());
        return environment;
    }
}
