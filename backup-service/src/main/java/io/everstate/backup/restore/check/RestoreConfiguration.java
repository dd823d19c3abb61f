package io.everstate.backup.restore.check;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a restore may put on a disk. An archive that wants more is refused before anything is written. */
@ConfigMapping(prefix = "everstate.restore")
public interface RestoreConfiguration {
    /** Files, directories and links that an archive may hold. */
    @WithDefault("2000000")
    @Min(1)
    int maxEntries();

    /** Bytes that may be restored at once. */
    @WithDefault("1T")
    MemorySize maxBytes();

    /** How many times its own size an archive may unpack to; looked at only of one that unpacks to more than 64 MiB. */
    @WithDefault("500")
    @Min(1)
    int maxRatio();

    /** Below which a restore may be asked for into a directory that is no workspace; none = nowhere. */
    Optional<Path> elsewhereRoot();

    /** How long after its end a restore can be rolled back for sure: what that needs is kept as long, whatever retention says. Zero keeps nothing. */
    @WithDefault("7d")
    Duration rollbackFor();

    /** How often a restore writes down at most how far it has read. */
    @WithDefault("1s")
    Duration progressEvery();

    /** What has to be free on the workspace's file system when all is staged, so that its bots can go on writing. */
    @WithDefault("64M")
    MemorySize reserve();
}
