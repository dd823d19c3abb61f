package io.everstate.backup.testing;

import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** {@link Surroundings} in which at most two backups stay, with a bucket of its own: nothing is deleted from one that holds what the catalogue does not know. */
public final class RetentionSurroundings implements QuarkusTestResourceLifecycleManager {
    public static final String BUCKET = "retention-it";

    private final Surroundings surroundings = new Surroundings();
    private String minimum = "2";

    @Override
    public void init(Map<String, String> arguments) {
        minimum = arguments.getOrDefault("minimum", minimum);
    }

    /** After {@link Surroundings}, which the other tests give to all classes: the later one's settings count. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        var configuration = new HashMap<>(surroundings.start());
        configuration.putAll(TestPlatform.shared().configuration("bucket=" + BUCKET + "-" + UUID.randomUUID()));
        configuration.putAll(OwnDatabase.configuration());
        configuration.put("everstate.retention.max-backups", "2");
        configuration.put("everstate.retention.of-each-kind", "1");
        configuration.put("everstate.retention.keep.daily", "0");
        configuration.put("everstate.retention.minimum", minimum);
        configuration.put("everstate.backup.sweep-every", "1s");
        return configuration;
    }

    @Override
    public void stop() {
        surroundings.stop();
    }
}
