package io.everstate.bot.market;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The replayed tape. */
@ConfigMapping(prefix = "everstate.market")
public interface MarketConfiguration {

    /** Bars a second that each bot is given. 0.0167 is real time for bars of one minute; beyond the limits the start fails. */
    @WithDefault("20")
    @DecimalMin("0.01")
    @DecimalMax("1000")
    double speed();

    /**
     * The span of a bar: whole seconds, 1 second to 1 day; beyond that the start fails. Fixed for the life of a bot: its place in the
     * feed is a bar's number, and another span gives that number to another time.
     */
    @WithDefault("PT1M")
    Duration barDuration();

    /** Whether the tape starts again after its end, with times going on; if not, bots stop at its end. */
    @WithDefault("true")
    boolean repeat();

    /** Whether there is a simulated coin beside the tape, as the markets SIM/BTC and SIM/USD, so that there is a triangle to trade. */
    @WithDefault("true")
    boolean simulatedCross();

    /** Files of klines by symbol, as {@code everstate.market.klines."BTC/USDT".file}; a bar lasts as long as in the file. */
    Map<String, KlineFile> klines();

    /** One market's klines: CSV or CSV.gz. */
    interface KlineFile {
        Path file();

        @WithDefault("REFUSE")
        KlineFeed.WhenDefective whenDefective();
    }
}
