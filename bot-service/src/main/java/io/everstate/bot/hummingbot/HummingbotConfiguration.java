package io.everstate.bot.hummingbot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Where hummingbot's messages come from, and whose they are. */
@ConfigMapping(prefix = "everstate.hummingbot")
interface HummingbotConfiguration {
    /** The MQTT broker that hummingbot's bridge publishes to, as {@code tcp://127.0.0.1:1883} or {@code ssl://...}; absent = nothing is read. */
    Optional<URI> broker();

    /** Absent when the broker lets everybody in. */
    Optional<String> user();

    Optional<String> password();

    /** hummingbot's {@code mqtt_namespace}. */
    @WithDefault("hbot")
    String namespace();

    /** The bot's id by hummingbot's {@code instance_id}. Who may publish for an instance is the broker's affair: MQTT carries no token. */
    Map<String, String> instances();
}
