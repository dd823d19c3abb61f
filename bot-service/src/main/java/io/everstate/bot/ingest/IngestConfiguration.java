package io.everstate.bot.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How hints are taken. */
@ConfigMapping(prefix = "everstate.ingest")
interface IngestConfiguration {
    /** A sender is answered after this at the latest: with 200 when its hint counts by then, else with 202, and the hint goes on by itself. */
    @WithDefault("80MS")
    Duration answerWithin();

    /** How long a hint tries to get into the log before it is dropped, with a line in the log. */
    @WithDefault("30S")
    Duration patience();

    /** Hints that may be under way at one time, of all bots; more are refused with 503. Each holds at most 64 KiB. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int most();
}
