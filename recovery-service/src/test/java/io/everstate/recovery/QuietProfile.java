package io.everstate.recovery;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Nothing happens by itself but the publishing of events: for tests that drive the parts. */
public final class QuietProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "everstate.detection.interval", "PT1H",
                "everstate.runs.interval", "PT1H",
                "everstate.alerts.interval", "PT1H",
                "everstate.alerts.findings-every", "PT1H",
                "everstate.events.interval", "PT1H");
    }
}
