package io.everstate.bot.document;

import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** A bucket of the platform's storage that fails on purpose. */
public final class FaultyBucket implements QuarkusTestResourceLifecycleManager {
    private @Nullable FaultyStorage storage;

    /** From now on, for the service of the test. */
    static void fault(Fault fault) {
        FaultyStorage.tell(ConfigProvider.getConfig().getValue("everstate.storage.endpoint", URI.class), fault);
    }

    @Override
    public Map<String, String> start() {
        var platform = TestPlatform.shared().storage();
        var faulty = new FaultyStorage(platform.endpoint(), path -> path.contains("/documents/"));
        storage = faulty;
        return Map.of(
                "everstate.storage.endpoint",
                faulty.url().toString(),
                "everstate.storage.access-key",
                platform.accessKey(),
                "everstate.storage.secret-key",
                platform.secretKey(),
                "everstate.storage.bucket",
                "bots-faulty");
    }

    @Override
    public void stop() {
        if (storage != null) {
            storage.close();
        }
    }
}
