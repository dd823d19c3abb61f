package io.everstate.recovery.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Alerts and the channel that carries them to people. */
@ConfigMapping(prefix = "everstate.alerts")
public interface AlertConfig {
    /** Where alerts are POSTed. The whole address is a secret. Without it alerts are kept and listed, and readiness says so. */
    Optional<URI> webhookUrl();

    /** Deadline of the whole answer; connecting is part of it. */
    @WithDefault("PT5S")
    Duration timeout();

    /** Pause between two alerts: chats allow about one message a second. */
    @WithDefault("PT1S")
    Duration interval();

    /** Pause after the first failed attempt; doubled with each further one. */
    @WithDefault("PT2S")
    Duration retryBase();

    /** The longest pause between two attempts, also when the other side asks for more. */
    @WithDefault("PT5M")
    Duration retryMax();

    /** Attempts until an alert is given up and marked so; with the default pauses that is a day. */
    @WithDefault("300")
    @Min(1)
    @Max(100000)
    int maxAttempts();

    /** Older events from other services are not told any more: reading a topic again from its start stays silent. */
    @WithDefault("P1D")
    Duration maxEventAge();

    /** How often state-service is asked what it found in the log and in snapshots. */
    @WithDefault("PT30S")
    Duration findingsEvery();
}
