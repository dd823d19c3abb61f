package io.everstate.state.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.TestJson;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
    private static final ObjectMapper JACKSON =
            JsonMapper.builder().findAndAddModules().build();
    private static final int ROUNDS = 20_000;

    private static Instant read(String json) {
        return TestJson.format().read(json.getBytes(UTF_8), Instant.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsEveryTimeThatIsWritten(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var seconds = random.nextLong(-60_000_000_000L, 250_000_000_000L);
            var nanos = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000) * (int) Math.pow(10, random.nextInt(7));
            var time = Instant.ofEpochSecond(seconds, nanos);

            assertThat(read("\"" + time + "\"")).isEqualTo(time);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void readsAndRefusesWhatJacksonReadsAndRefuses(long seed) throws Exception {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var text = new StringBuilder("2024-02-29T23:59:59.120Z");
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), "0123456789-:.TZ+ ".charAt(random.nextInt(17)));
            }
            var json = "\"" + text.substring(random.nextInt(20) == 0 ? 1 : 0) + "\"";

            assertThat(outcome(json)).as(json).isEqualTo(expected(json));
        }
    }

    private static String outcome(String json) {
        try {
            return read(json).toString();
        } catch (UnreadableRecordException e) {
            return "refused";
        }
    }

    private static String expected(String json) throws Exception {
        try {
            return JACKSON.readValue(json, Instant.class).toString();
        } catch (JsonProcessingException e) {
            return "refused";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-01-01T00:00:00Z\"",
                "\"2026-01-01T00:00:00.5Z\"",
                "\"2026-01-01T00:00:00.123456789Z\"",
                "\"2026-01-01T01:00:00+01:00\"",
                "\"2024-12-31T24:00:00Z\"",
                "\"+12026-01-01T00:00:00Z\"",
                "\"0000-01-01T00:00:00Z\"",
                "1767225600",
                "1767225600.123456789"
            })
    void readsOtherShapesAsJacksonDoes(String json) throws Exception {
        assertThat(read(json)).isEqualTo(JACKSON.readValue(json, Instant.class));
    }

    @Test
    void saysWhatCannotBeRead() {
        assertThatThrownBy(() -> read("\"2026-02-30T00:00:00Z\""))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("2026-02-30");
    }
}
