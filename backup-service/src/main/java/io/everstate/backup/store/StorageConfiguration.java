package io.everstate.backup.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where archives are kept. The three without a default must be given, else the service does not start. */
@ConfigMapping(prefix = "everstate.storage")
public interface StorageConfiguration {
    URI endpoint();

    String accessKey();

    String secretKey();

    /** Made when it is missing. */
    @WithDefault("everstate")
    String bucket();

    /** Sent with every request; any will do for storages that have none. */
    @WithDefault("us-east-1")
    String region();

    /** How long one connection attempt may take. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long one request may take from its first byte to the last of its answer; a part must get through within it. */
    @WithDefault("8s")
    Duration callTimeout();

    /** How often a request that can be repeated is tried in all, while {@link #retryFor()} lasts. */
    @WithDefault("6")
    @Min(1)
    @Max(10)
    int attempts();

    /** No try begins later than this after the first. With the call's time this bounds how late a lost storage is noticed. */
    @WithDefault("9s")
    Duration retryFor();

    /**
     * How long the next part of an upload is tried of which the storage has one already. So long at most, and one call, an upload outlasts a storage that is away, slow or silent
     * and goes on where it was.
     */
    @WithDefault("2m")
    Duration resumeFor();

    /** After so many failures in a row nothing is asked of the storage for {@link #breakerDelay()}, and then a little, until it answers. */
    @WithDefault("10")
    @Min(1)
    int breakerFailures();

    @WithDefault("2s")
    Duration breakerDelay();

    /** Size of a piece of a download and of a part of an upload, two of which are in memory; parts are larger when what is expected is more than 8,000 of them. */
    @WithDefault("8M")
    MemorySize partSize();

    /** How many bytes there is room for. Not given: nothing is said of how full it is. */
    Optional<MemorySize> capacity();

    /** Parts of the capacity, in percent, of which it is told that they are reached, and that it is clearly less again. */
    @WithDefault("80,90,95")
    List<@Min(1) @Max(100) Integer> thresholds();

    /** How often it is seen how full it is. */
    @WithDefault("1m")
    Duration watchEvery();

    /** How often readiness asks the bucket what it can do. */
    @WithDefault("30s")
    Duration lookEvery();
}
