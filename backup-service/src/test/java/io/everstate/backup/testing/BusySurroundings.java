package io.everstate.backup.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** {@link Surroundings} in which backups are taken by schedule, and a FULL one is due after two seconds. */
public final class BusySurroundings implements QuarkusTestResourceLifecycleManager {
    private final Surroundings surroundings = new Surroundings();

    @Override
    public Map<String, String> start() {
        var configuration = new HashMap<>(surroundings.start());
        configuration.putAll(OwnDatabase.configuration());
        configuration.put("everstate.schedule.at-start", "true");
        configuration.put("everstate.schedule.full-every", "2s");
        configuration.put("everstate.schedule.look-every", "1s");
        return configuration;
    }

    @Override
    public void stop() {
        surroundings.stop();
    }
}
