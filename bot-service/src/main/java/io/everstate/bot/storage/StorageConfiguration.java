package io.everstate.bot.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where what is too large for the log is kept. Without an endpoint there is no such place, and what needs it is refused in words. */
@ConfigMapping(prefix = "everstate.storage")
interface StorageConfiguration {
    Optional<URI> endpoint();

    /** Must be given where there is an endpoint, else the service does not start. */
    Optional<String> accessKey();

    /** As {@link #accessKey()}. */
    Optional<String> secretKey();

    /** Made when it is missing. Not the one of the archives: who can write there can forge them. */
    @WithDefault("everstate-bots")
    String bucket();

    /** Sent with every request; any will do for storages that have none. */
    @WithDefault("us-east-1")
    String region();

    /** How long one connection attempt may take. */
    @WithDefault("2S")
    Duration connectTimeout();

    /** How long a request without an object's bytes may take, and how long one with them may stand still. */
    @WithDefault("3S")
    Duration callTimeout();

    /** How long the transfer of one object may take; a larger {@code everstate.document.largest} may need more. */
    @WithDefault("1M")
    Duration transferTimeout();

    /** How often a request is tried in all, at once, while it fails in a way that can pass. */
    @WithDefault("2")
    @Min(1)
    @Max(10)
    int attempts();
}
