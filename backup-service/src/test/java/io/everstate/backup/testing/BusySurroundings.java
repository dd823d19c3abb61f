package io.everstate.backup.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** {@link Surroundings} in which backups are taken by schedule, and the first FULL one is due at once. */
public final class BusySurroundings implements QuarkusTestResourceLifecycleManager {
    private final Surroundings surroundings = new Surroundings();
    private String fullEvery = "2s";
    private String incrementalEvery = "0s";

    @Override
    public void init(Map<String, String> arguments) {
        fullEvery = arguments.getOrDefault("full-every", fullEvery);
        incrementalEvery = arguments.getOrDefault("incremental-every", incrementalEvery);
    }

    /** After {@link Surroundings}, which the other tests give to all classes: the later one's settings count. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        var configuration = new HashMap<>(surroundings.start());
        configuration.putAll(OwnDatabase.configuration());
        configuration.put("everstate.schedule.at-start", "true");
        configuration.put("everstate.schedule.full-every", fullEvery);
        configuration.put("everstate.schedule.incremental-every", incrementalEvery);
        configuration.put("everstate.schedule.look-every", "1s");
        return configuration;
    }

    @Override
    public void stop() {
        surroundings.stop();
    }
}
