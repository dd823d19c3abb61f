package io.everstate.bot.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.market.KlineFeed.WhenDefective;
import io.everstate.bot.sample.SampleConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketsTest {
    private static final String SYMBOL = "ETH/USDT";
    private static final String GAPPY = """
            timestamp,open,high,low,close,volume
            2024-01-01T00:00:00Z,1,1,1,1,1
            2024-01-01T01:00:00Z,2,2,2,2,1
            2024-01-01T05:00:00Z,3,3,3,3,1
            """;

    @TempDir
    Path directory;

    @Test
    void theTapeAndFilesOfKlinesAreOneFeed() throws IOException {
        var file = Files.writeString(directory.resolve("eth.csv"), GAPPY);

        var markets = Markets.of(SampleConfiguration.of(
                MarketConfiguration.class,
                Map.of(
                        "everstate.market.klines.\"ETH/USDT\".file",
                        file.toString(),
                        "everstate.market.klines.\"ETH/USDT\".when-defective",
                        "FILL")));

        assertThat(markets.symbols()).containsExactly(TapeFeed.SYMBOL, SYMBOL, "SIM/BTC", "SIM/USD");
        assertThat(markets.bar("SIM/USD", 5).orElseThrow().at())
                .isEqualTo(markets.bar(TapeFeed.SYMBOL, 5).orElseThrow().at());
        assertThat(markets.bar(SYMBOL, 5).orElseThrow().at()).isEqualTo(Instant.parse("2024-01-01T06:00:00Z"));
        assertThat(markets.bar(TapeFeed.SYMBOL, 0)).isPresent();
        assertThatThrownBy(() -> markets.bar("DOGE/MOON", 0))
                .hasMessage("there is no market \"DOGE/MOON\", only [BTC/USD, ETH/USDT, SIM/BTC, SIM/USD]");
    }

    @Test
    void theSimulatedMarketsCanBeLeftOut() {
        var markets = Markets.of(
                SampleConfiguration.of(MarketConfiguration.class, Map.of("everstate.market.simulated-cross", "false")));

        assertThat(markets.symbols()).containsExactly(TapeFeed.SYMBOL);
    }

    @Test
    void aDefectiveFileIsRefusedUnlessItIsAllowed() throws IOException {
        var file = Files.writeString(directory.resolve("eth.csv"), GAPPY);

        assertThatThrownBy(() -> KlineFeed.of(SYMBOL, file, WhenDefective.REFUSE, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 4: gap, 3 bars are missing before 2024-01-01T05:00:00Z")
                .hasMessageContaining("everstate.market.klines.\"ETH/USDT\".when-defective=FILL");
    }

    @Test
    void klinesEndOrBeginAgain() throws IOException {
        var file = Files.writeString(directory.resolve("eth.csv"), GAPPY);

        var once = KlineFeed.of(SYMBOL, file, WhenDefective.FILL, false);
        var again = KlineFeed.of(SYMBOL, file, WhenDefective.FILL, true);

        assertThat(once.bar(SYMBOL, 5)).isPresent();
        assertThat(once.bar(SYMBOL, 6)).isEmpty();
        var seventh = again.bar(SYMBOL, 6).orElseThrow();
        assertThat(seventh.close()).isEqualTo(once.bar(SYMBOL, 0).orElseThrow().close());
        assertThat(seventh.at()).isEqualTo(Instant.parse("2024-01-01T07:00:00Z"));
    }

    @Test
    void noSymbolIsInTwoFeeds() throws IOException {
        var file = Files.writeString(directory.resolve("eth.csv"), GAPPY);
        var feed = KlineFeed.of(SYMBOL, file, WhenDefective.FILL, false);

        assertThatThrownBy(() -> new Markets(List.of(feed, feed))).hasMessage("there are two feeds for ETH/USDT");
    }
}
