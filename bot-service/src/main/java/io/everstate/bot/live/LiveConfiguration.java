package io.everstate.bot.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Markets whose prices come from an exchange as they happen. */
@ConfigMapping(prefix = "everstate.live")
public interface LiveConfiguration {
    /** Exchanges by symbol, as {@code everstate.live.markets."BTC/USDT"=BINANCE}; empty = no connection is ever made. */
    Map<String, Exchange> markets();

    /** Without a message for so long the connection is taken for dead: no decisions, and it is made anew. */
    @WithDefault("30S")
    Duration staleAfter();

    /** The pause before the first new attempt to connect; doubled with each further one. */
    @WithDefault("1S")
    Duration retryBase();

    @WithDefault("30S")
    Duration retryMax();

    /** Bars of each market that are kept, and looked up at the start: a bot that is further behind goes on at the newest. */
    @WithDefault("1000")
    @Min(2)
    @Max(100_000)
    int bars();

    /**
     * A market that is silent for longer while others are heard may be one that is not told of any more: nothing is decided by it until a
     * trade of it is heard, or the exchange's record says that there was none. At least a second.
     */
    @WithDefault("1M")
    Duration silentAfter();

    /** The same by symbol, as {@code everstate.live.silent-after-in."ETH/BTC"=10M}. */
    Map<String, Duration> silentAfterIn();

    /**
     * Where bars that were not heard are looked up, with a slash at its end; the exchange's own address unless another {@link #websocket()}
     * is given: then nobody is asked when this is absent.
     */
    Optional<URI> rest();

    /** An answer that took longer is none. */
    @WithDefault("10S")
    Duration restTimeout();

    /** The WebSocket's address when it is not the exchange's own, with a slash at its end. */
    Optional<URI> websocket();

    /** An exchange that is spoken to. */
    enum Exchange {
        BINANCE
    }
}
