package io.everstate.bot.live;

import io.everstate.bot.fleet.BotServiceProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A market of an exchange that the test is itself, in bars of a second. */
public class LiveProfile extends BotServiceProfile {
    private static final int BEFORE_SECONDS = 120;

    @Override
    public Map<String, String> getConfigOverrides() {
        // the test's own classes are loaded apart from this one: it reaches the exchange by its address
        var exchange = new BinanceStandIn();
        tradeBefore(exchange, Instant.now());
        var overrides = new HashMap<>(super.getConfigOverrides());
        overrides.put("everstate.live.markets.\"BTC/USDT\"", "BINANCE");
        overrides.put("everstate.live.websocket", exchange.address().toString());
        overrides.put("everstate.live.rest", exchange.rest().toString());
        overrides.put("everstate.live.stale-after", "3S");
        overrides.put("everstate.live.retry-base", "200MS");
        overrides.put("everstate.market.bar-duration", "1S");
        return overrides;
    }

    /** What happened before anybody here listened. */
    private static void tradeBefore(BinanceStandIn exchange, Instant now) {
        for (var second = BEFORE_SECONDS; second > 0; second--) {
            exchange.trade("BTCUSDT", second % 8 < 4 ? "100" : "110", "0.5", now.minusSeconds(second));
        }
    }
}
