package io.everstate.state.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Jackson alone, which is how every other reader reads it. */
class StateTextTest {
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
    private static final JacksonFormat FORMAT = TestJson.format();
    private static final int ROUNDS = 1_000;
    private static final String BYTES = "0123456789-+.eE\"\\{}[]:, \tnulltrueBUYSELLZT/\u00e9";
    private static final String NO_TRADES = "\"recentTrades\":[]";

    private static final BotState BOT = bot();

    private static BotState bot() {
        var owner = new Owner(1);
        var fold = new PartitionFold();
        fold.apply(owner.claim());
        return ((Applied) fold.apply(owner.created(Owner.newBot()))).state();
    }

    private static BotState with(List<Trade> trades) {
        return BOT.withPortfolio(new Portfolio(BOT.portfolio().symbols(), trades));
    }

    private static List<Trade> trades(Random random, int most) {
        return Stream.generate(() -> trade(random)).limit(random.nextInt(most)).toList();
    }

    private static Trade trade(Random random) {
        return new Trade(
                random.nextInt(10) == 0 ? random.nextLong() : random.nextInt(100_000),
                random.nextInt(10) == 0 ? "B\"\u00e9/USD" : "BTC/USD",
                random.nextBoolean() ? Side.BUY : Side.SELL,
                amount(random),
                amount(random),
                amount(random),
                amount(random),
                Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(2) * 123_000_000L),
                random.nextInt(10) == 0 ? random.nextLong() : random.nextInt(100_000),
                random.nextInt(4));
    }

    private static Amount amount(Random random) {
        return Amount.ofUnits(random.nextLong() >> (random.nextInt(10) == 0 ? 0 : 15 + random.nextInt(48)));
    }

    private static byte[] json(BotState state) {
        return FORMAT.write(state);
    }

    private static boolean itself(byte[] json) {
        return StateText.find(json, rest -> jackson(rest)) != null;
    }

    private static BotState jackson(byte[] json) {
        try {
            return JACKSON.readValue(json, BotState.class);
        } catch (IOException e) {
            throw new UnreadableRecordException("refused", e);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsEveryStateThatIsWritten(long seed) {
        var random = new Random(seed);
        var itself = 0;
        for (int round = 0; round < ROUNDS / 10; round++) {
            var state = with(trades(random, Portfolio.RECENT_TRADES + 1));
            var json = json(state);

            assertThat(FORMAT.read(json, BotState.class)).isEqualTo(state);
            itself += itself(json(with(trades(random, 3)))) ? 1 : 0;
        }
        assertThat(itself).isGreaterThan(ROUNDS / 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void readsAndRefusesWhatJacksonReadsAndRefuses(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var json = new StringBuilder(new String(json(with(trades(random, 4))), UTF_8));
            var trades = json.indexOf("\"recentTrades\"");
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                change(
                        json,
                        random.nextBoolean() ? trades + random.nextInt(300) : random.nextInt(json.length()),
                        random);
            }
            var bytes = json.toString().getBytes(UTF_8);

            assertThat(outcome(bytes)).as(json.toString()).isEqualTo(expected(bytes));
        }
    }

    private static void change(StringBuilder json, int place, Random random) {
        var at = Math.min(place, json.length() - 1);
        var other = BYTES.charAt(random.nextInt(BYTES.length()));
        switch (random.nextInt(3)) {
            case 0 -> json.setCharAt(at, other);
            case 1 -> json.insert(at, other);
            default -> json.deleteCharAt(at);
        }
    }

    private static String outcome(byte[] json) {
        try {
            return FORMAT.read(json, BotState.class).toString();
        } catch (UnreadableRecordException e) {
            return "refused";
        }
    }

    private static String expected(byte[] json) {
        try {
            return String.valueOf(JACKSON.readValue(json, BotState.class)).replaceAll("^null$", "refused");
        } catch (JacksonException e) {
            return "refused";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void takesTheTradesOfNothingButThePortfolioForTheBots() {
        var trade = new String(FORMAT.write(trade(new Random(1))), UTF_8);
        var elsewhere = "\"later\":{\"symbols\":{},\"recentTrades\":[" + trade + "]},";
        var written = new String(json(BOT), UTF_8);
        var inFront = written.replaceFirst("\"portfolio\"", elsewhere + "\"portfolio\"");
        var behind = written.replaceFirst("\"outcomes\"", elsewhere + "\"outcomes\"");

        assertThat(written).contains(NO_TRADES);
        for (var json : List.of(inFront, behind)) {
            assertThat(json).isNotEqualTo(written);
            assertThat(FORMAT.read(json.getBytes(UTF_8), BotState.class)
                            .portfolio()
                            .recentTrades())
                    .isEmpty();
        }
    }

    @Test
    void aTradeThatIsNotOneOfThoseThatAreWrittenIsLeftToJackson() {
        var trades = List.of(trade(new Random(1)));
        var json = new String(json(with(trades)), UTF_8).replaceFirst("\\{\"sequence\"", "{ \"sequence\"");

        assertThat(itself(json(with(trades)))).isTrue();
        assertThat(itself(json.getBytes(UTF_8))).isFalse();
        assertThat(FORMAT.read(json.getBytes(UTF_8), BotState.class).portfolio().recentTrades())
                .isEqualTo(trades);
    }
}
