package io.everstate.bot.document;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;

/** How documents are taken and given back. */
@ConfigMapping(prefix = "everstate.document")
interface DocumentConfiguration {
    /** Contents that were saved or read lately and are given back without asking the log. 0 = none. */
    @WithDefault("32M")
    MemorySize cache();

    /** The largest document; larger ones are refused with 413. Beyond 1 MiB it takes object storage, and above 1 GiB nothing is taken. */
    @WithDefault("64M")
    MemorySize largest();

    /**
     * Large documents that may come in at one time, and as many go out, in this replica; more are answered with 503. Of one bot it is two.
     * Each takes up to {@link #largest()} of the disk below {@link #directory()}.
     */
    @WithDefault("8")
    @Min(1)
    @Max(1000)
    int transfers();

    /**
     * Within which a document must have arrived, and a large one must have gone. A sender that is slower is answered with 503; the connection
     * of a receiver that is slower is closed.
     */
    @WithDefault("2M")
    Duration patience();

    /** Where large documents are on their way, in files that are gone with their process. Made when it is missing. */
    @WithDefault("documents")
    Path directory();

    /** So many of a bot's newest stored documents are never swept away. */
    @WithDefault("5")
    @Min(1)
    @Max(1000)
    int kept();

    /**
     * All that is stored of one bot may have so many times {@link #largest()}; what is more, an upload or a restore that stores its document
     * once more, is refused with 409 until the sweep made room. It is never less than two more than {@link #kept()}, which a sweep would not make room for.
     */
    @WithDefault("20")
    @Min(1)
    @Max(10_000)
    int stored();

    /**
     * What no state names is swept away when it is older than this. An upload can be named for half of this time, so that what is swept away
     * can not be named any more.
     */
    @WithDefault("24H")
    Duration grace();

    /** How often the storage is swept. */
    @WithDefault("1H")
    Duration sweepEvery();
}
