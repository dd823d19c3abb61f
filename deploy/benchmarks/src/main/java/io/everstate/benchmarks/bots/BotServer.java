package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.place.Place;
import io.everstate.benchmarks.place.ServiceProcess;
import io.everstate.cli.place.ServiceName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One bot-service as a process on a platform. */
final class BotServer extends ServiceProcess {

    private static final URI NOT_THERE = URI.create("http://127.0.0.1:1");
    private static final Duration DAY = Duration.ofDays(1);

    private final Settings settings;
    private final String token;

    /**
     * @param barsASecond that each bot is given
     * @param jvm options that come after those of {@code everstate up}
     * @param stateService where state-service answers
     */
    record Settings(double barsASecond, List<String> jvm, URI stateService) {

        /** Without state-service: the log alone rebuilds. */
        Settings(double barsASecond, List<String> jvm) {
            this(barsASecond, jvm, NOT_THERE);
        }
    }

    private BotServer(Place place, Settings settings) {
        super(ServiceName.BOT, place, settings.jvm());
        this.settings = settings;
        this.token = place.identity().token("benchmark", Set.of("viewer", "operator", "admin"), DAY);
        place.identity().writeToken(tokenFile(), "service", Set.of("viewer"), DAY);
    }

    /** Returns when it is ready. */
    static BotServer start(Place place, Settings settings) {
        BotServer server = new BotServer(place, settings);
        server.begin();
        return server;
    }

    String token() {
        return token;
    }

    @Override
    protected Map<String, String> environment() {
        return Map.of(
                "EVERSTATE_IDENTITY_TOKEN_FILE",
                tokenFile().toString(),
                "EVERSTATE_PEERS_STATE_SERVICE",
                settings.stateService().toString(),
                "EVERSTATE_FLEET_DEFAULT_ARBITRAGE_BOT",
                "false",
                "EVERSTATE_MARKET_SPEED",
                Double.toString(settings.barsASecond()),
                "EVERSTATE_WORKSPACE_DIRECTORY",
                directory().resolve("workspace").toString(),
                "EVERSTATE_CHECKPOINT_DIRECTORY",
                directory().resolve("checkpoints").toString());
    }

    private Path tokenFile() {
        return directory().resolve("service.token");
    }
}
