package io.everstate.state.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Marks;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.TestJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Jackson alone, which is how every other reader reads it. */
class TradeTextTest {
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private static final int ROUNDS = 3_000;
    private static final String BYTES = "0123456789-+.eE\"\\{}[]:, \tnulltrueBUYSELLZT/\u00e9";

    private static TradeExecuted random(Random random) {
        return new TradeExecuted(new Fill(
                random.nextInt(5) == 0 ? "B\"\u00e9/USD" : "BTC/USD",
                random.nextBoolean() ? Side.BUY : Side.SELL,
                amount(random),
                amount(random),
                random.nextInt(4) == 0 ? Amount.ZERO : amount(random),
                Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(2) * 123_000_000L),
                random.nextInt(10) == 0 ? random.nextLong() : random.nextInt(100_000)));
    }

    private static Amount amount(Random random) {
        var digits = 1 + random.nextLong(random.nextInt(5) == 0 ? Long.MAX_VALUE - 1 : 10_000_000_000_000L);
        return Amount.ofUnits(digits);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsEveryTradeThatIsWritten(long seed) {
        var random = new Random(seed);
        var itself = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var trade = random(random);
            var json = TestJson.format().write(trade);

            assertThat(TestJson.format().read(json, TradeExecuted.class)).isEqualTo(trade);
            itself += TradeText.find(json) == null ? 0 : 1;
        }
        assertThat(itself).isGreaterThan(ROUNDS / 4);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void readsAndRefusesWhatJacksonReadsAndRefuses(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var json = new StringBuilder(new String(TestJson.format().write(random(random)), UTF_8));
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                change(json, random);
            }
            var bytes = json.toString().getBytes(UTF_8);

            assertThat(outcome(bytes)).as(json.toString()).isEqualTo(expected(bytes));
        }
    }

    private static void change(StringBuilder json, Random random) {
        var at = random.nextInt(json.length());
        var other = BYTES.charAt(random.nextInt(BYTES.length()));
        switch (random.nextInt(3)) {
            case 0 -> json.setCharAt(at, other);
            case 1 -> json.insert(at, other);
            default -> json.deleteCharAt(at);
        }
    }

    private static String outcome(byte[] json) {
        try {
            return TestJson.format().read(json, TradeExecuted.class).toString();
        } catch (UnreadableRecordException e) {
            return "refused";
        }
    }

    private static String expected(byte[] json) {
        try {
            return String.valueOf(JACKSON.readValue(json, TradeExecuted.class)).replaceAll("^null$", "refused");
        } catch (JacksonException e) {
            return "refused";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesWhatABotHadSeenToJackson() {
        var mark = new Marks.Mark(Amount.of(7), 3, Amount.of(9));
        var trade = new TradeExecuted(
                new Fill("BTC/USD", Side.BUY, Amount.of(1), Amount.of(2), Amount.ZERO, Instant.EPOCH, 1),
                new Marks(Map.of("BTC/USD", mark), null));
        var json = TestJson.format().write(trade);

        assertThat(TradeText.find(json)).isNull();
        assertThat(TestJson.format().read(json, TradeExecuted.class)).isEqualTo(trade);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23})
    void writesTradesAsJacksonDoes(long seed) throws IOException {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var fill = random(random).fill();
            var trade = new Trade(
                    random.nextLong(),
                    fill.symbol(),
                    fill.side(),
                    fill.quantity(),
                    fill.price(),
                    fill.fee(),
                    Amount.ZERO.minus(fill.fee()),
                    fill.at(),
                    fill.feedPosition(),
                    random.nextInt(4));

            assertThat(new String(TestJson.format().write(trade), UTF_8)).isEqualTo(JACKSON.writeValueAsString(trade));
        }
    }
}
