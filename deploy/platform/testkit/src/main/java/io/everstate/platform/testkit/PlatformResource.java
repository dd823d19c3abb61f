package io.everstate.platform.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a Quarkus test the platform of this JVM. Arguments: {@code database}, the name of the service's database;
 * {@code bucket}, the name of its bucket, which is not created.
 */
public final class PlatformResource implements QuarkusTestResourceLifecycleManager {

    private Map<String, String> arguments = Map.of();

    @Override
    public void init(Map<String, String> initArgs) {
        arguments = Map.copyOf(initArgs);
    }

    @Override
    public Map<String, String> start() {
        List<String> wanted = new ArrayList<>();
        arguments.forEach((key, name) -> wanted.add(key + "=" + name));
        Map<String, String> configuration =
                new HashMap<>(TestPlatform.shared().configuration(wanted.toArray(String[]::new)));
        // Quarkus makes up a key for tests, and a key goes before a file; NONE is SmallRye's word for no key
        configuration.put("mp.jwt.verify.publickey", "NONE");
        configuration.put("quarkus.http.test-port", "0");
        configuration.put("quarkus.management.test-port", "0");
        return configuration;
    }

    /** The platform goes on for the next test class; it stops with the JVM. */
    @Override
    public void stop() {
        // nothing of its own to stop
    }
}
