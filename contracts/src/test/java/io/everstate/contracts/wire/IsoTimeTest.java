package io.everstate.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.sample.EverySeed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    private static final int ROUNDS = 500;

    @EverySeed
    void writesAndReadsEveryTimeAsTheJdkDoes(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var seconds = random.nextLong(-63_000_000_000L, 260_000_000_000L);
            var nanos = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000) * (int) Math.pow(10, random.nextInt(7));
            var time = Instant.ofEpochSecond(seconds, nanos);

            assertThat(IsoTime.text(time)).isEqualTo(time.toString());
            assertThat(IsoTime.parse(time.toString())).isEqualTo(time);
        }
    }

    @EverySeed
    void readsAndRefusesWhatTheJdkReadsAndRefuses(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var text = new StringBuilder("2024-02-29T23:59:59.120Z");
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), "0123456789-:.TZtz+ ".charAt(random.nextInt(19)));
            }
            var changed = text.substring(random.nextInt(20) == 0 ? 1 : 0);

            assertThat(outcome(() -> IsoTime.parse(changed)))
                    .as(changed)
                    .isEqualTo(outcome(() -> Instant.parse(changed)));
        }
    }

    private interface Reading {
        Instant read();
    }

    private static String outcome(Reading reading) {
        try {
            return reading.read().toString();
        } catch (DateTimeException e) {
            return "refused";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "0000-12-31T23:59:59.999999999Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "1969-12-31T23:59:59.001Z"
            })
    void keepsTheEdges(String text) {
        assertThat(IsoTime.text(IsoTime.parse(text))).isEqualTo(text);
    }
}
