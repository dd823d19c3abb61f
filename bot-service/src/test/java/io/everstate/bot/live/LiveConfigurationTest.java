package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;

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
                        "everstate.live.websocket", "ws://127.0.0.1:1/"));

        assertThat(configuration.markets()).isEqualTo(Map.of("BTC/USDT", Exchange.BINANCE));
        assertThat(configuration.staleAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.retryBase()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.retryMax()).isEqualTo(Duration.ofSeconds(9));
        assertThat(configuration.bars()).isEqualTo(7);
        assertThat(configuration.websocket()).contains(URI.create("ws://127.0.0.1:1/"));
    }
}
