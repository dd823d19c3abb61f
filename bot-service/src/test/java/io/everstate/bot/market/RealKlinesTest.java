package io.everstate.bot.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.KlineDefects.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Candles of Binance as freqtrade keeps them, from the directory that {@code EVERSTATE_CANDLES} names; the numbers were counted apart from
 * this code.
 */
@EnabledIfEnvironmentVariable(
        named = "EVERSTATE_CANDLES",
        matches = ".+",
        disabledReason = "EVERSTATE_CANDLES names no directory of candles")
class RealKlinesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BTCUSDT-1m-2024-04, PT1M, 7207, 0, 0, 2024-04-07T00:07:00Z",
        "BTCUSDT-5m, PT5M, 71769, 0, 0, 2024-09-06T04:45:00Z",
        "DOGEUSDT-1h, PT1H, 6002, 0, 0, 2024-09-07T02:00:00Z",
        "BTCUSDT-1h-2021-2024, PT1H, 28959, 7, 14, 2024-04-21T15:00:00Z",
        "XRPETH-1m-gappy, PT1M, 3560, 676, 1091, 2019-10-13T11:20:00Z"
    })
    void areReadWithEveryGapOfTheirs(String name, Duration barDuration, int bars, long gaps, long missing, Instant end)
            throws IOException {
        var klines = KlineReader.read(Path.of(System.getenv("EVERSTATE_CANDLES"), name + ".csv.gz"));

        assertThat(klines.barDuration()).isEqualTo(barDuration);
        assertThat(klines.table().bars()).isEqualTo(bars);
        assertThat(klines.defects().count(Kind.GAP)).isEqualTo(gaps);
        assertThat(klines.defects().missingBars()).isEqualTo(missing);
        assertThat(klines.defects().count(Kind.BROKEN)).isZero();
        assertThat(klines.table().bar(bars - 1).at()).isEqualTo(end);
    }
}
