package io.everstate.contracts.mode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ModeChangedTest {
    private static final ModeChanged SAFE = new ModeChanged(
            SystemMode.SAFE, "two services do not answer", Instant.parse("2026-11-20T11:12:13.456789Z"));

    private final JacksonFormat json = new JacksonFormat();

    @Test
    void isWrittenAsItsGoldenText() {
        assertThat(new String(json.write(SAFE), UTF_8)).isEqualTo(Golden.text("mode/mode-changed.v1.json"));
    }

    @Test
    void isReadFromItsGoldenText() {
        assertThat(json.read(Golden.text("mode/mode-changed.v1.json").getBytes(UTF_8), ModeChanged.class))
                .isEqualTo(SAFE);
    }

    @Test
    void isNotReadWithAModeThatThisVersionDoesNotKnow() {
        var later = Golden.text("mode/mode-changed.v1.json").replace("SAFE", "DORMANT");

        assertThatThrownBy(() -> json.read(later.getBytes(UTF_8), ModeChanged.class))
                .isInstanceOf(UnreadableRecordException.class);
    }
}
