package io.everstate.backup.testing;

import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Surroundings} with a storage that fails on purpose, and a client that gives up after seconds. */
public final class FaultySurroundings implements QuarkusTestResourceLifecycleManager {
    private final Surroundings surroundings = new Surroundings();
    private @Nullable FaultyStorage storage;

    /** After {@link Surroundings}, which the other tests give to all classes: the later one's settings count. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        storage =
                new FaultyStorage(TestPlatform.shared().storage().endpoint(), path -> path.endsWith("archive.tar.gz"));
        var configuration = new HashMap<>(surroundings.start());
        configuration.putAll(TestPlatform.shared().configuration("bucket=faulty-it"));
        configuration.putAll(OwnDatabase.configuration());
        configuration.put("everstate.storage.endpoint", storage.url().toString());
        configuration.put("everstate.storage.call-timeout", "2s");
        configuration.put("everstate.storage.retry-for", "3s");
        configuration.put("everstate.storage.breaker-delay", "500ms");
        configuration.put("everstate.storage.part-size", "5M");
        return configuration;
    }

    @Override
    public void stop() {
        surroundings.stop();
        if (storage != null) {
            storage.close();
        }
    }
}
