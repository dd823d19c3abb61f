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
    @WithDefault("50MS")
    Duration answerWithin();

    /** How long a hint tries to get into the log before it is dropped, with a line in the log. */
    @WithDefault("30S")
    Duration patience();

    /**
     * Hints that may be under way at one time, of all bots whose token is known to be good; more are refused with 503. Each holds the
     * message, at most 64 KiB, as bytes and as text.
     */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int most();

    /** Of these, those of one bot; more are refused with 503. */
    @WithDefault("100")
    @Min(1)
    @Max(100_000)
    int mostOfOne();

    /**
     * Hints that may be under way whose token nobody here can judge, because the bot is owned by another replica and none of its hints was
     * accepted yet; beyond that the newest displaces the oldest. As many messages of such senders are read at one time.
     */
    @WithDefault("200")
    @Min(1)
    @Max(100_000)
    int mostUnknown();

    /** Of these, those that name one bot. */
    @WithDefault("8")
    @Min(1)
    @Max(100_000)
    int mostUnknownOfOne();
}
