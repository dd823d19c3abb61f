package io.everstate.contracts.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.sample.EverySeed;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.sample.Story;
import io.everstate.contracts.wire.JsonFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedRecordTest {
    private static final EncodedRecord TRADE = Golden.encoded(Golden.text("records/1/04-trade-executed.v1.txt"));
    private static final EncodedRecord CLAIM = Golden.encoded(Golden.text("records/1/01-ownership-claimed.v1.txt"));
    private static final byte[] NOTHING = {};

    private final RecordCodec codec = new RecordCodec(new JacksonFormat());

    @Test
    void isKnownWhenItCanBeDecoded() {
        assertThat(codec.read(TRADE.headers(), TRADE.data()))
                .isEqualTo(new Known(codec.decode(TRADE.headers(), TRADE.data())));
    }

    @Test
    void isForeignWithoutAType() {
        assertThat(codec.read(Map.of(), NOTHING)).isEqualTo(new Foreign("it has no ce_type"));
        assertThat(codec.read(Map.of("ce_subject", "x"), null)).isInstanceOf(Foreign.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "com.example.order.v1", "io.everstate.backup.backup-started.v1", "io.everstate.bots.x.v1"})
    void isForeignWithATypeOfOthers(String type) {
        assertThat(codec.read(with(TRADE, "ce_type", type), TRADE.data())).isInstanceOf(Foreign.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"io.everstate.bot.trade-executed.v2", "io.everstate.bot.bot-cloned.v1", "io.everstate.bot."})
    void isNotUnderstoodWithATypeOfALaterVersion(String type) {
        var read = codec.read(with(TRADE, "ce_type", type), NOTHING);

        assertThat(read).isEqualTo(new NotUnderstood(Story.BOT, 1, 3, type, "unknown event type " + type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{", "{}", "{\"fill\":{\"side\":\"HOLD\"}}", "\u0000"})
    void isNotUnderstoodWithDataThatCannotBeRead(String data) {
        assertThat(codec.read(TRADE.headers(), data.getBytes(UTF_8))).isInstanceOf(NotUnderstood.class);
    }

    /** Before, the bot went on here without the limit that a replica of a later release had let a person set. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    5/02-bot-created.v1.txt     | "feeRate":   | "trailingStop":"0.05","feeRate":
                    5/13-bot-configured.v1.txt  | "feeRate":   | "trailingStop":"0.05","feeRate":
                    5/13-bot-configured.v1.txt  | "feeRate":   | "trailingStop":null,"feeRate":
                    5/13-bot-configured.v1.txt  | "feeRate":   | "limits":{"maxLossPerDay":"0.05"},"feeRate":
                    5/19-checkpoint-taken.v1.txt | "feeRate":  | "trailingStop":"0.05","feeRate":
                    """)
    void isNotUnderstoodWhenAConfigurationSaysMoreThanThisVersionKnows(String file, String known, String later) {
        var encoded = Golden.encoded(Golden.text("records/" + file));
        var data = new String(encoded.data(), UTF_8);
        var first = data.replaceFirst(known, later);
        var last = data.substring(0, data.lastIndexOf(known))
                + later
                + data.substring(data.lastIndexOf(known) + known.length());

        assertThat(codec.read(encoded.headers(), encoded.data())).isInstanceOf(Known.class);
        for (var text : List.of(first, last)) {
            assertThat(text).isNotEqualTo(data);
            assertThat(codec.read(encoded.headers(), text.getBytes(UTF_8)))
                    .isInstanceOfSatisfying(
                            NotUnderstood.class,
                            read -> assertThat(read.why()).startsWith("this version does not know"));
        }
    }

    /** The second reading of a checkpoint takes longer than the first. */
    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2"})
    void isReadOnceMoreOnlyWhereTheFormatDoesNotRefuseByItself(boolean refuses, int readings) {
        var encoded = Golden.encoded(Golden.text("records/5/19-checkpoint-taken.v1.txt"));
        var json = new CountedReadings(refuses);

        var read = new RecordCodec(json).read(encoded.headers(), encoded.data());

        assertThat(read).isInstanceOf(Known.class);
        assertThat(json.readings).isEqualTo(readings);
    }

    private static final class CountedReadings implements JsonFormat {
        private final JsonFormat json = new JacksonFormat();
        private final boolean refuses;
        private int readings;

        CountedReadings(boolean refuses) {
            this.refuses = refuses;
        }

        @Override
        public byte[] write(Object value) {
            return json.write(value);
        }

        @Override
        public <T> T read(byte[] bytes, Class<T> type) {
            readings++;
            return json.read(bytes, type);
        }

        @Override
        public boolean refusesUnknownInWhole() {
            return refuses;
        }
    }

    /** What is only told and has no part in what the bot does. */
    @Test
    void isKnownThoughSomethingElseSaysMoreThanThisVersionKnows() {
        var encoded = Golden.encoded(Golden.text("records/5/19-checkpoint-taken.v1.txt"));
        var data = new String(encoded.data(), UTF_8).replaceFirst("\\{", "{\"mood\":\"good\",");

        assertThat(codec.read(encoded.headers(), data.getBytes(UTF_8))).isInstanceOf(Known.class);
    }

    @ParameterizedTest
    @CsvSource({"ce_specversion,2.0", "ce_id,1-1-1-1-1", "ce_time,yesterday"})
    void isNotUnderstoodWithAnAttributeThatNeedNotNameItsBot(String header, String value) {
        assertThat(codec.read(with(TRADE, header, value), TRADE.data())).isInstanceOf(NotUnderstood.class);
    }

    @ParameterizedTest
    @CsvSource({"ce_subject,somebody", "ce_epoch,1.5", "ce_sequence,many", "ce_sequence,9223372036854775808"})
    void isUnattributableWithoutItsBotAndPlace(String header, String value) {
        assertThat(codec.read(with(TRADE, header, value), TRADE.data())).isInstanceOf(Unattributable.class);
        var headers = new HashMap<>(TRADE.headers());
        headers.remove(header);
        assertThat(codec.read(headers, TRADE.data())).isInstanceOf(Unattributable.class);
    }

    /** Whoever owns the partition by it, all of its bots do. */
    @Test
    void isUnattributableWhenItIsAClaimOfALaterVersion() {
        var headers = with(CLAIM, "ce_type", "io.everstate.bot.ownership-claimed.v2");
        headers.put("ce_subject", Story.BOT.toString());
        headers.put("ce_sequence", "1");

        assertThat(codec.read(headers, CLAIM.data()))
                .isInstanceOfSatisfying(
                        Unattributable.class, read -> assertThat(read.why()).contains("ownership-claimed.v2"));
    }

    @Test
    void isSaidInFewWords() {
        var type = "io.everstate.bot." + "x".repeat(100_000);

        assertThat(codec.read(with(TRADE, "ce_type", type), NOTHING).toString()).hasSizeLessThan(1_000);
    }

    @EverySeed
    void isAlwaysOneOfThem(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 200; i++) {
            var headers = new HashMap<>(random.nextBoolean() ? TRADE.headers() : CLAIM.headers());
            List.copyOf(headers.keySet()).forEach(name -> {
                if (random.nextInt(6) == 0) {
                    headers.put(name, garbage(random));
                }
            });
            var data = random.nextBoolean() ? TRADE.data() : garbage(random).getBytes(UTF_8);

            assertThat(codec.read(headers, data)).isNotNull();
        }
    }

    private static String garbage(Random random) {
        var bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return new String(bytes, UTF_8);
    }

    private static Map<String, String> with(EncodedRecord encoded, String header, String value) {
        var headers = new HashMap<>(encoded.headers());
        headers.put(header, value);
        return headers;
    }
}
