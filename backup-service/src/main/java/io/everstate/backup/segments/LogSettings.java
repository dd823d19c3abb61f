package io.everstate.backup.segments;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** How clients of the event log are made: each gives up after the deadline, and none belongs to a group. */
final class LogSettings {
    private static final int RECONNECT_MILLISECONDS = 500;

    private final Map<String, Object> kafka;
    private final SegmentsConfiguration configuration;

    LogSettings(Map<String, Object> kafka, SegmentsConfiguration configuration) {
        this.kafka = kafka;
        this.configuration = configuration;
    }

    String topic() {
        return configuration.topic();
    }

    Duration deadline() {
        return configuration.deadline();
    }

    /** To be added to. */
    Map<String, Object> client(String id) {
        var settings = new HashMap<String, Object>(kafka);
        var deadline = (int) deadline().toMillis();
        settings.remove(CommonClientConfigs.GROUP_ID_CONFIG);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, id);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, deadline);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, deadline);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLISECONDS);
        return settings;
    }
}
