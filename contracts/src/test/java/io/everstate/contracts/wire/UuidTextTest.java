package io.everstate.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everstate.contracts.sample.EverySeed;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidTextTest {
    private static final int ROUNDS = 500;

    @EverySeed
    void readsTheFullFormAndNothingElse(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var id = new UUID(random.nextLong(), random.nextLong());
            var changed = new StringBuilder(id.toString());
            changed.setCharAt(random.nextInt(36), "0123456789abcdefABCDEFgG-+ x\u0660".charAt(random.nextInt(29)));

            assertThat(UuidText.parse(id.toString())).isEqualTo(id);
            assertThat(UuidText.parse(id.toString().toUpperCase(Locale.ROOT))).isEqualTo(id);
            assertThat(outcome(changed.toString())).as(changed.toString()).isEqualTo(expected(changed.toString()));
        }
    }

    private static String outcome(String text) {
        try {
            return UuidText.parse(text).toString();
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    /** What the JDK reads and writes the same again. */
    private static String expected(String text) {
        try {
            var id = UUID.fromString(text).toString();
            return id.equalsIgnoreCase(text) ? id : "refused";
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-1-1-1-1", "+1234567-1234-1234-1234-123456789abc", "123456781234123412341234567890ab-1-2"})
    void saysWhatItRefuses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UuidText.parse(text))
                .withMessage("\"" + text + "\" is not a UUID");
    }
}
