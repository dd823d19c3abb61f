package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.history.BinanceHistory;
import io.everstate.bot.live.LiveConfiguration.Exchange;
import io.everstate.bot.sample.SampleConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveConfigurationTest {
    @Test
    void hasDefaults() {
        var configuration = SampleConfiguration.of(LiveConfiguration.class, Map.of());

        assertThat(configuration.markets()).isEmpty();
        assertThat(configuration.staleAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.retryBase()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.retryMax()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.bars()).isEqualTo(1000);
        assertThat(configuration.websocket()).isEmpty();
        assertThat(configuration.silentAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.silentAfterIn()).isEmpty();
        assertThat(configuration.rest()).isEmpty();
        assertThat(configuration.restTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(LiveMarkets.rest(configuration)).contains(BinanceHistory.BINANCE);
    }

    @Test
    void readsItsProperties() {
        var configuration = SampleConfiguration.of(
                LiveConfiguration.class,
                Map.of(
                        "everstate.live.markets.\"BTC/USDT\"", "BINANCE",
                        "everstate.live.stale-after", "5S",
                        "everstate.live.retry-base", "2S",
                        "everstate.live.retry-max", "9S",
                        "everstate.live.bars", "7",
                        "everstate.live.silent-after", "20S",
                        "everstate.live.silent-after-in.\"ETH/BTC\"", "10M",
                        "everstate.live.rest", "http://127.0.0.1:1/",
                        "everstate.live.rest-timeout", "4S",
                        "everstate.live.websocket", "ws://127.0.0.1:1/"));

        assertThat(configuration.markets()).isEqualTo(Map.of("BTC/USDT", Exchange.BINANCE));
        assertThat(configuration.staleAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.retryBase()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.retryMax()).isEqualTo(Duration.ofSeconds(9));
        assertThat(configuration.bars()).isEqualTo(7);
        assertThat(configuration.websocket()).contains(URI.create("ws://127.0.0.1:1/"));
        assertThat(configuration.silentAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(configuration.silentAfterIn()).isEqualTo(Map.of("ETH/BTC", Duration.ofMinutes(10)));
        assertThat(configuration.rest()).contains(URI.create("http://127.0.0.1:1/"));
        assertThat(configuration.restTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(LiveMarkets.rest(configuration)).contains(URI.create("http://127.0.0.1:1/"));
    }

    /** The prices of a test network are no prices of the exchange. */
    @Test
    void anotherExchangesBarsAreNotLookedUpAtBinance() {
        var configuration = SampleConfiguration.of(
                LiveConfiguration.class, Map.of("everstate.live.websocket", "wss://testnet.example/"));

        assertThat(LiveMarkets.rest(configuration)).isEmpty();
    }
}
