package io.everstate.backup.testing;

import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** {@link Surroundings} of a service that only answers: what is asked for waits. A FULL of one workspace is to come each night. */
public final class CronSurroundings implements QuarkusTestResourceLifecycleManager {
    private final Surroundings surroundings = new Surroundings();

    /** After {@link Surroundings}, which the other tests give to all classes: the later one's settings count. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        var configuration = new HashMap<>(surroundings.start());
        configuration.putAll(TestPlatform.shared().configuration("bucket=cron-it"));
        configuration.putAll(OwnDatabase.configuration());
        configuration.put("everstate.lease.max-concurrent", "0");
        configuration.put("everstate.schedule.look-every", "24h");
        configuration.put("everstate.schedule.cron.default.full", "0 2 * * *");
        configuration.put("everstate.schedule.zone", "Europe/Berlin");
        return configuration;
    }

    @Override
    public void stop() {
        surroundings.stop();
    }
}
