package io.everstate.bot.checkpoint;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;

/** Checkpoints of bots. */
@ConfigMapping(prefix = "everstate.checkpoint")
public interface CheckpointConfiguration {
    /** Where the files are kept; made when it is missing. */
    @WithDefault("checkpoints")
    Path directory();

    /** How many files of each bot are kept. */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int kept();

    /** How often every running bot appends a checkpoint with its newest prices. */
    @WithDefault("5M")
    Duration interval();
}
