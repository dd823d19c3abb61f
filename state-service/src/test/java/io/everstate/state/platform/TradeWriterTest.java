package io.everstate.state.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.Trade;
import io.everstate.state.TestJson;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TradeWriterTest {
    private static final int TRADES = 2_000;
    private static final List<String> SYMBOLS =
            List.of("BTC/USD", "", "\"", "a\\b", "\u0000\u001f\n", "\u20ac/\ud83d\ude00", "x".repeat(3_000));

    private final ObjectMapper plain = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @Test
    void writesWhatThePlainMapperWrites() throws Exception {
        var random = new Random(7);
        for (int number = 0; number < TRADES; number++) {
            var trade = trade(random);

            assertThat(TestJson.format().write(trade)).asString().isEqualTo(plain.writeValueAsString(trade));
            assertThat(TestJson.format().write(List.of(trade, trade)))
                    .asString()
                    .isEqualTo(plain.writeValueAsString(List.of(trade, trade)));
        }
    }

    private static Trade trade(Random random) {
        return new Trade(
                random.nextLong(),
                SYMBOLS.get(random.nextInt(SYMBOLS.size())),
                random.nextBoolean() ? Side.BUY : Side.SELL,
                amount(random),
                amount(random),
                amount(random),
                amount(random),
                Instant.ofEpochSecond(
                        random.nextLong(4_000_000_000L), random.nextInt(3) * random.nextInt(1_000_000_000) / 2),
                random.nextInt(5) - 1,
                random.nextInt(4));
    }

    private static Amount amount(Random random) {
        return random.nextInt(5) == 0
                ? Amount.of("-9999999999999999999999.99999999")
                : Amount.ofUnits(random.nextLong() >> random.nextInt(64));
    }
}
