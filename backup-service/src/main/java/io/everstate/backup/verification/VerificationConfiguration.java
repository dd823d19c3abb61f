package io.everstate.backup.verification;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How stored archives are read again. */
@ConfigMapping(prefix = "everstate.verification")
interface VerificationConfiguration {
    /** How long after it was read to its end an archive is read again by itself. */
    @WithDefault("7d")
    Duration after();

    /** How long after a try by itself that proved nothing, as one of an object that is missing, the same archive is tried again. */
    @WithDefault("1h")
    Duration retryAfter();

    /**
     * How many stored bytes are read in a second, on average; no more than a piece ({@code everstate.storage.part-size}) comes at once. Zero: as fast as the
     * storage gives them.
     */
    @WithDefault("20M")
    MemorySize bandwidth();

    /** How often it is seen whether an archive has to be read again; {@code off} where none is by itself. */
    @WithDefault("1m")
    String lookEvery();

    /** How often verifications that were asked for are looked for. */
    @WithDefault("1s")
    Duration poll();

    /** How often it is written down how far one is. */
    @WithDefault("1s")
    Duration progressEvery();
}
