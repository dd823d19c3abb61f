package io.everstate.bot.hummingbot;

import java.util.List;
import java.util.Optional;

/** A topic of hummingbot's bridge, {@code <namespace>/<instance>/<channel>}. */
record HummingbotTopic(String namespace, String instance, String channel) {
    static final String HEARTBEAT = "hb";
    static final List<String> CHANNELS = List.of(HEARTBEAT, "events", "status_updates");

    /** Empty when it is none that is listened to. */
    static Optional<HummingbotTopic> of(String topic) {
        var parts = topic.split("/", -1);
        return parts.length == 3 && CHANNELS.contains(parts[2])
                ? Optional.of(new HummingbotTopic(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return namespace + "/" + instance + "/" + channel;
    }
}
