package io.everstate.benchmarks.bots;

import io.everstate.cli.place.ServiceName;
import io.everstate.platform.launcher.Database;
import java.util.List;
import java.util.Map;

/** One state-service as a process on a platform, with a database of its own. */
final class StateServer extends ServiceProcess {

    private final Database database;

    private StateServer(Place place, List<String> jvm) {
        super(ServiceName.STATE, place, jvm);
        this.database = place.database("state");
    }

    /** Returns when it is ready. */
    static StateServer start(Place place, List<String> jvm) {
        StateServer server = new StateServer(place, jvm);
        server.begin();
        return server;
    }

    @Override
    Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database.url(),
                "QUARKUS_DATASOURCE_USERNAME",
                database.user(),
                "QUARKUS_DATASOURCE_PASSWORD",
                database.password());
    }
}
