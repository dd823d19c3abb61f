package io.everstate.backup.testing;

import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** {@link Surroundings} in which a backup is too old after an hour and the storage holds 100 MB. Nothing is looked at by itself for a day. */
public final class WatchSurroundings implements QuarkusTestResourceLifecycleManager {
    public static final String BUCKET = "watch-it";

    private final Surroundings surroundings = new Surroundings();

    /** After {@link Surroundings}, which the other tests give to all classes: the later one's settings count. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        var configuration = new HashMap<>(surroundings.start());
        configuration.putAll(TestPlatform.shared().configuration("bucket=" + BUCKET));
        configuration.putAll(OwnDatabase.configuration());
        configuration.put("everstate.protection.workspaces.default.backup-too-old-after", "1h");
        configuration.put("everstate.protection.workspaces.excluding.backup-too-old-after", "1h");
        configuration.put("everstate.protection.look-every", "24h");
        configuration.put("everstate.storage.capacity", "100M");
        configuration.put("everstate.storage.watch-every", "24h");
        return configuration;
    }

    @Override
    public void stop() {
        surroundings.stop();
    }
}
