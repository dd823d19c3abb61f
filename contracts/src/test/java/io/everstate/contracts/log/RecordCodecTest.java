package io.everstate.contracts.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
    private static final EncodedRecord TRADE = Golden.encoded(Golden.text("records/1/04-trade-executed.v1.txt"));
    private static final EncodedRecord CLAIM = Golden.encoded(Golden.text("records/1/01-ownership-claimed.v1.txt"));
    private static final String DATA = new String(TRADE.data(), UTF_8);

    private final RecordCodec codec = new RecordCodec(new JacksonFormat());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_specversion",
                "ce_id",
                "ce_source",
                "ce_type",
                "ce_time",
                "ce_subject",
                "ce_epoch",
                "ce_sequence"
            })
    void refusesARecordWithoutANeededAttribute(String header) {
        var headers = new HashMap<>(TRADE.headers());
        headers.remove(header);

        assertThatThrownBy(() -> codec.decode(headers, TRADE.data()))
                .isExactlyInstanceOf(UnreadableRecordException.class)
                .hasMessage("the record has no " + header);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ce_specversion | 2.0
                    ce_id          | 1-1-1-1-1
                    ce_id          | ''
                    ce_time        | yesterday
                    ce_time        | 2026-02-30T00:00:00Z
                    ce_time        | +9999999999-01-01T00:00:00Z
                    ce_subject     | 0-0-0-0-1
                    ce_subject     | owner
                    ce_epoch       | 1.5
                    ce_epoch       | 9223372036854775808
                    ce_sequence    | many
                    ce_sequence    | ''
                    """)
    void refusesAMalformedAttribute(String header, String value) {
        assertUnreadable(with(header, value), TRADE.data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.everstate.bot.trade-executed.v2", "io.everstate.bot.bot-renamed.v1", ""})
    void refusesATypeItDoesNotKnow(String type) {
        assertThatThrownBy(() -> codec.decode(with("ce_type", type), TRADE.data()))
                .isExactlyInstanceOf(UnreadableRecordException.class)
                .hasMessage("unknown event type " + type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "\"text\"", "[]", "{", "{}", "{\"fill\":null}", "{\"fill\":[]}", "\u0000"})
    void refusesDataOfAnotherShape(String data) {
        assertUnreadable(TRADE.headers(), data.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"address\":null}", "\"owner\""})
    void refusesAClaimWithoutAnAddress(String data) {
        assertUnreadable(CLAIM.headers(), data.getBytes(UTF_8));
    }

    @Test
    void refusesARecordWithoutData() {
        assertUnreadable(TRADE.headers(), null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "quantity":"0.25" | "quantity":"0"
                    "quantity":"0.25" | "quantity":"-1"
                    "quantity":"0.25" | "quantity":"NaN"
                    "quantity":"0.25" | "quantity":"1e2147483647"
                    "quantity":"0.25" | "quantity":1e400000000
                    "quantity":"0.25" | "quantity":"0.000000001"
                    "fee":"2.0308642" | "fee":"-0.00000001"
                    "side":"BUY"      | "side":"HOLD"
                    "at":"2025-01-06T00:17:00Z" | "at":"noon"
                    "at":"2025-01-06T00:17:00Z" | "at":"+9999999999-01-01T00:00:00Z"
                    "quantity":"0.25" | "quantity":0.25
                    "feedPosition":17 | "feedPosition":92233720368547758080
                    """)
    void refusesValuesThatNoFillHas(String before, String after) {
        var data = DATA.replace(before, after);

        assertThat(data).isNotEqualTo(DATA);
        assertUnreadable(TRADE.headers(), data.getBytes(UTF_8));
    }

    @Test
    void saysThatUnreadableContentIsCorruptAndNotWorthARetry() {
        assertThatThrownBy(() -> codec.decode(Map.of(), TRADE.data()))
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.type())
                                .isEqualTo(ProblemType.CORRUPT)
                                .returns(false, ProblemType::retryable));
    }

    @Test
    void ignoresHeadersAndPropertiesThatALaterReleaseAdds() {
        var data = DATA.replace("{\"fill\":{", "{\"venue\":\"x\",\"fill\":{\"liquidity\":\"TAKER\",");

        var entry = codec.decode(with("ce_later", "1"), data.getBytes(UTF_8));

        assertThat(entry).isEqualTo(codec.decode(TRADE.headers(), TRADE.data()));
    }

    @Test
    void readsAnAmountThatIsAWholeJsonNumber() {
        var data = DATA.replace("\"quantity\":\"0.25\"", "\"quantity\":3");

        assertThat(codec.decode(TRADE.headers(), data.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        BotEventRecorded.class,
                        recorded -> assertThat(recorded.event())
                                .isInstanceOfSatisfying(
                                        TradeExecuted.class,
                                        trade -> assertThat(trade.fill().quantity())
                                                .isEqualTo(Amount.of(3))));
    }

    @Test
    void readsAnEventOfAReplicaThatWritesIdsInCapitals() {
        var id = String.valueOf(TRADE.headers().get("ce_subject"));

        var entry = codec.decode(with("ce_subject", id.toUpperCase(Locale.ROOT)), TRADE.data());

        assertThat(entry).isInstanceOfSatisfying(BotEventRecorded.class, recorded -> {
            assertThat(recorded.bot()).hasToString(id);
            assertThat(recorded.event()).isInstanceOf(TradeExecuted.class);
        });
    }

    private void assertUnreadable(Map<String, String> headers, byte @Nullable [] data) {
        assertThatThrownBy(() -> codec.decode(headers, data)).isExactlyInstanceOf(UnreadableRecordException.class);
    }

    private static Map<String, String> with(String header, String value) {
        var headers = new HashMap<>(TRADE.headers());
        headers.put(header, value);
        return headers;
    }
}
